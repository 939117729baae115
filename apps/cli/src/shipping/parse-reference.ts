import { CliError } from "../cli-error.ts";

/** A repository's head in a release, and the one before. */
export type Reference = { readonly repository: string; readonly commit: string; readonly previousCommit?: string };

/** Reads `REPO@SHA` or `REPO@PREVIOUS..SHA`. Throws a CliError for anything else. */
export function parseReference(text: string): Reference {
  const [, repository, previousCommit, commit] = /^(.+)@(?:([^@.]+)\.\.)?([^@.]+)$/.exec(text) ?? [];
  if (repository === undefined || commit === undefined) {
    throw new CliError(
      "usage",
      `"${text}" is not a repository and a commit.`,
      "Write it like acme/web@4f2c9a1 or acme/web@1b2c3d4..4f2c9a1.",
    );
  }
  return previousCommit === undefined ? { repository, commit } : { repository, commit, previousCommit };
}
