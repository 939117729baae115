import type * as z from "zod";
import { likeText, ruledText } from "./text.ts";

const MAX_ENVIRONMENT = 64;
const ENVIRONMENT_PATTERN = /^[^\r\n\f/]*$/;

/** Whether a text may name an environment (contract §7.1). It does not look at the length. */
export function isValidEnvironmentName(name: string): boolean {
  return ENVIRONMENT_PATTERN.test(name);
}

/** The environment of a deploy: trimmed, not blank, at most 64 code points (contract §7.1). */
export function environmentName(): z.ZodType<string, string> {
  const rule = (name: string) => (isValidEnvironmentName(name) ? null : "Invalid value for environment");
  return ruledText({ max: MAX_ENVIRONMENT, rule }, likeText({ max: MAX_ENVIRONMENT }).regex(ENVIRONMENT_PATTERN));
}
