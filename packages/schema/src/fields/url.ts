import * as z from "zod";
import { codePointCount } from "./code-points.ts";
import { isValidUrl } from "./is-valid-url.ts";
import { tooManyCharacters } from "./messages.ts";
import { ruledText } from "./text.ts";

const INVALID_URL = "Enter a valid URL.";

/** How a URL is read. */
export interface UrlOptions {
  /** The most Unicode code points a valid URL may have to be stored. */
  readonly max?: number;
  /** Whether `""` is allowed; not by default. */
  readonly blank?: boolean;
}

/** A URL as Django REST framework's URLField (contract §3.4); one that is valid but longer than `max` is told so (§19). */
export function url({ max, blank = false }: UrlOptions = {}): z.ZodType<string, string> {
  const filled = max === undefined ? z.url() : z.url().max(max);
  const like = blank ? z.union([filled, z.literal("")]) : filled;
  return ruledText({ blank, notText: INVALID_URL, rule: (value) => urlProblem(value, max) }, like);
}

function urlProblem(value: string, max: number | undefined): string | null {
  if (!isValidUrl(value)) return INVALID_URL;
  return max !== undefined && codePointCount(value) > max ? tooManyCharacters(max) : null;
}
