import type * as z from "zod";
import { ruledText } from "./text.ts";

const MAX_ENVIRONMENT = 64;

/** Whether a text may name an environment (contract §7.1). It does not look at the length. */
export function isValidEnvironmentName(name: string): boolean {
  return !/[\r\n\f/]/.test(name);
}

/** The environment of a deploy: trimmed, not blank, at most 64 code points (contract §7.1). */
export function environmentName(): z.ZodType<string, string> {
  return ruledText({ max: MAX_ENVIRONMENT, rule: (name) => (isValidEnvironmentName(name) ? null : "Invalid value for environment") });
}
