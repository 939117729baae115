/** The most commits of one request. These constants are not in the schemas, so that browsers and the CLI do not load the validation. */
export const MAX_COMMITS = 10_000;

/**
 * The most changed files of all commits of one request. sentry-cli sends every file of the repository with the oldest commit if it does
 * not know that commit's parent, as in every shallow clone.
 */
export const MAX_CHANGED_FILES = 100_000;

/** The most bytes of a commit message that are stored, in UTF-8. */
export const STORED_MESSAGE_BYTES = 65_536;

/** The most bytes of a commit message in lists of commits and releases, in UTF-8. */
export const LISTED_MESSAGE_BYTES = 4096;

/** The maximum length of release notes, in characters. */
export const MAX_NOTES_LENGTH = 20_000;

/** The sort orders of the releases page. */
export const BROWSE_SORTS = ["date", "semver", "build"] as const;

export type BrowseSort = (typeof BROWSE_SORTS)[number];
