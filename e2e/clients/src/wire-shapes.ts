import { z } from "zod";

/** A date as every client can read it: RFC 3339 in UTC, ending in `Z` (clients.md 1.3). */
export const WireDate = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

/** A commit's author: `{}` when there is none. */
export const WireAuthor = z.object({ name: z.string().nullish(), email: z.string().optional() });

/** A commit, as `…/commits/` and `lastCommit` answer it (releases.md 12.3). */
export const WireCommit = z.object({
  id: z.string(),
  message: z.string().nullable(),
  dateCreated: WireDate,
  repository: z.object({ name: z.string(), provider: z.object({ id: z.string(), name: z.string() }) }),
  author: WireAuthor,
});

/** A deploy (releases.md 12.4). */
export const WireDeploy = z.object({
  id: z.string(),
  environment: z.string(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  dateStarted: WireDate.nullable(),
  dateFinished: WireDate,
});

/** The parts of a release that some client refuses to miss or to find null (clients.md 6; releases.md 12.1). */
export const WireRelease = z.object({
  id: z.number().int(),
  version: z.string(),
  shortVersion: z.string(),
  status: z.enum(["open", "archived"]),
  url: z.string().nullable(),
  dateCreated: WireDate,
  dateReleased: WireDate.nullable(),
  newGroups: z.number().int().nonnegative(),
  commitCount: z.number().int(),
  deployCount: z.number().int(),
  lastCommit: WireCommit.nullable(),
  lastDeploy: WireDeploy.nullable(),
  authors: z.array(WireAuthor),
  projects: z.array(z.object({ id: z.number().int(), slug: z.string(), name: z.string(), newGroups: z.number().int() })),
});

/** One file of one commit (releases.md 6.3). */
export const WireCommitFile = z.object({ filename: z.string(), type: z.enum(["A", "M", "D"]), repoName: z.string(), author: WireAuthor });

/** A repository in the form that does not break `set-commits` (clients.md 1.5). */
export const WireRepository = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  provider: z.object({ id: z.string(), name: z.string() }),
  status: z.string(),
  dateCreated: WireDate,
});

export type WireRelease = z.output<typeof WireRelease>;
export type WireCommit = z.output<typeof WireCommit>;
export type WireCommitFile = z.output<typeof WireCommitFile>;
export type WireDeploy = z.output<typeof WireDeploy>;
export type WireRepository = z.output<typeof WireRepository>;
