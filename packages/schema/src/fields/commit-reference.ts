import type * as z from "zod";
import { codePointCount } from "./code-points.ts";
import { likeText, ruledText } from "./text.ts";

const MAX_COMMIT = 64;

/** The two ends of a reference: `previousCommit` is null when it names a single commit. */
export type CommitRange = { readonly commit: string; readonly previousCommit: string | null };

/** Splits `start..end` into its ends; a text without `..` is a single commit (contract §3.1). The text is one `commitReference` accepted. */
export function splitRange(reference: string): CommitRange {
  const at = reference.indexOf("..");
  return at === -1
    ? { commit: reference, previousCommit: null }
    : { commit: reference.slice(at + 2), previousCommit: reference.slice(0, at) };
}

/** A commit or a range `start..end` of commits, each side at most 64 code points (contract §3.4); the text is kept as sent. */
export function commitReference(): z.ZodType<string, string> {
  return ruledText({ rule: rangeProblem }, likeText({ max: 2 * MAX_COMMIT + "..".length }));
}

function rangeProblem(reference: string): string | null {
  const sides = reference.split("..");
  const tooLong = sides.some((side) => codePointCount(side) > MAX_COMMIT);
  if (sides.length === 1) return tooLong ? `Commit too long - max is ${MAX_COMMIT} chars` : null;
  if (sides.length > 2 || sides.includes("")) return "Commit cannot begin or end with ..";
  return tooLong ? `Start or end commit too long - max is ${MAX_COMMIT} chars each` : null;
}
