import type * as z from "zod";
import { pythonStrip } from "./python-strip.ts";
import { likeText, ruledText } from "./text.ts";

const MAX_VERSION = 200;
const VERSION_PATTERN = /^[^\r\n\f\t/\\]*$/;
const NAMES_REFUSED: readonly string[] = ["", ".", "..", "latest"];

/** Whether a text may name a release (contract §3.3). It does not look at the length. */
export function isValidVersion(version: string): boolean {
  return VERSION_PATTERN.test(version) && !NAMES_REFUSED.includes(pythonStrip(version).toLowerCase());
}

/** The version of a release: kept exactly as sent, at most 200 code points (contract §3.3). */
export function releaseVersion(): z.ZodType<string, string> {
  const rule = (version: string) => (isValidVersion(version) ? null : `Release with name ${version} is not allowed`);
  return ruledText({ max: MAX_VERSION, trim: false, rule }, likeText({ max: MAX_VERSION }).regex(VERSION_PATTERN));
}
