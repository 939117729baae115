import * as z from "zod";
import { field } from "./field.ts";
import { pythonStrip } from "./python.ts";
import { codePointCount, likeText, ruledText } from "./text.ts";

const MAX_SLUG = 50;
const SLUG = /^(?![0-9]+$)[a-z0-9_-]+$/;

const INVALID_SLUG =
  "Use lower-case letters, digits, hyphens and underscores only, and at least one character that is not a digit, as in my-project.";

/** Whether a text is a valid slug of an organization, project or team; digits only would be read as an id (contract 1.3). */
export function isValidSlug(text: string): boolean {
  return SLUG.test(text);
}

/** The slug of a new object: lower-case letters, digits, `-` and `_`, not digits only, at most 50 characters. */
export function slug(): z.ZodType<string, string> {
  return ruledText({ max: MAX_SLUG, rule: (value) => (isValidSlug(value) ? null : INVALID_SLUG) }, likeText({ max: MAX_SLUG }).regex(SLUG));
}

const MAX_VERSION = 200;
const VERSION_PATTERN = /^[^\r\n\f\t/\\]*$/;
const RESERVED_VERSIONS: readonly string[] = ["", ".", "..", "latest"];

/** Whether a text is a valid version (contract 3.3), except for its length. */
export function isValidVersion(version: string): boolean {
  return VERSION_PATTERN.test(version) && !RESERVED_VERSIONS.includes(pythonStrip(version).toLowerCase());
}

/** The version of a release: stored exactly as sent, at most 200 code points (contract 3.3). */
export function releaseVersion(): z.ZodType<string, string> {
  const rule = (version: string) => (isValidVersion(version) ? null : `Release with name ${version} is not allowed`);
  return ruledText({ max: MAX_VERSION, trim: false, rule }, likeText({ max: MAX_VERSION }).regex(VERSION_PATTERN));
}

const MAX_ENVIRONMENT = 64;
const ENVIRONMENT_PATTERN = /^[^\r\n\f/]*$/;

/** Whether a text is a valid name of an environment (contract 7.1), except for its length. */
export function isValidEnvironmentName(name: string): boolean {
  return ENVIRONMENT_PATTERN.test(name);
}

/** The environment of a deploy: trimmed, not blank, at most 64 code points (contract 7.1). */
export function environmentName(): z.ZodType<string, string> {
  const rule = (name: string) => (isValidEnvironmentName(name) ? null : "Invalid value for environment");
  return ruledText({ max: MAX_ENVIRONMENT, rule }, likeText({ max: MAX_ENVIRONMENT }).regex(ENVIRONMENT_PATTERN));
}

/**
 * A project: its slug, id, or id as text (contract 3.1). Any value is accepted, because the contract has one error for the whole list
 * (§3.4, §19): a value that cannot be a project becomes null, which the operation's check rejects.
 */
export function projectReference(): z.ZodType<string | number | null, string | number> {
  return field({ like: z.union([z.string(), z.int()]), readsEmpty: true, read: ({ value }) => asReference(value) });
}

function asReference(value: unknown): string | number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== "string") return null;
  return value.isWellFormed() && !value.includes("\0") ? value : null;
}

const MAX_COMMIT = 64;

/** The two ends of a range; `previousCommit` is null for a single commit. */
export type CommitRange = { readonly commit: string; readonly previousCommit: string | null };

/** Splits `start..end`; a text without `..` is a single commit (contract 3.1). The text must be a valid `commitReference`. */
export function splitRange(reference: string): CommitRange {
  const at = reference.indexOf("..");
  return at === -1
    ? { commit: reference, previousCommit: null }
    : { commit: reference.slice(at + 2), previousCommit: reference.slice(0, at) };
}

/** A commit, or a range `start..end` of commits, each side at most 64 code points (contract 3.4); the text is kept as sent. */
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

const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+$/;

/** An email address. The host may have no dot, as in small networks. */
export const emailAddress = () =>
  ruledText({ max: 254, rule: (value) => (EMAIL_PATTERN.test(value) ? null : "Enter a valid email address.") });

const MIN_PASSWORD = 10;
const MAX_PASSWORD = 128;

/** A new password: 10 to 128 characters, exactly as typed. */
export const password = () =>
  ruledText({
    max: MAX_PASSWORD,
    trim: false,
    rule: (value) => ([...value].length < MIN_PASSWORD ? `Ensure this field has at least ${MIN_PASSWORD} characters.` : null),
  });
