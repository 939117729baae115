/** The maximum number of commits of one request. The constants are here, so that browsers and the CLI do not load the schemas. */
export const MAX_COMMITS = 10_000;

/**
 * The maximum number of changed files in all commits of one request. sentry-cli lists every file of the repository for the oldest commit
 * if it does not know that commit's parent, as in every shallow clone.
 */
export const MAX_CHANGED_FILES = 100_000;

/** The maximum stored length of a commit message, in bytes of UTF-8. */
export const STORED_MESSAGE_BYTES = 65_536;

/** The maximum length of a commit message in lists of commits and releases, in bytes of UTF-8. */
export const LISTED_MESSAGE_BYTES = 4096;

/** The maximum length of release notes, in characters. */
export const MAX_NOTES_LENGTH = 20_000;

/**
 * The optional texts of a release. Each is a column of its table and a field of its inputs and views; operations, pages, and commands take
 * the names from here.
 */
export const RELEASE_TEXTS = ["ref", "url"] as const;

export type ReleaseText = (typeof RELEASE_TEXTS)[number];

/** What a release can lack: "commits"; or "deploys" if it was finalized at least seven days ago. */
export const LACKING = ["commits", "deploys"] as const;

/** The sort orders of the releases page. */
export const BROWSE_SORTS = ["date", "semver", "build"] as const;

export type BrowseSort = (typeof BROWSE_SORTS)[number];
