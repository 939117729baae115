import * as z from "zod";

/** A short description of a project. */
export const ProjectBriefView = z.object({ id: z.string(), slug: z.string(), name: z.string() });

export type ProjectBriefView = z.infer<typeof ProjectBriefView>;

/** A contributor or user. `userId` is set for users, and distinguishes those with the same name. */
export const PersonBriefView = z.object({
  name: z.string().nullable(),
  email: z.string(),
  userId: z.string().nullable(),
  /** Whether name and email address look like a bot's. */
  isBot: z.boolean(),
});

export type PersonBriefView = z.infer<typeof PersonBriefView>;

/** A short description of a release. */
export const ReleaseBriefView = z.object({
  version: z.string(),
  /** The short form of the version, without its package. */
  description: z.string(),
  package: z.string().nullable(),
  status: z.enum(["open", "archived"]),
  dateCreated: z.iso.datetime(),
  dateReleased: z.iso.datetime().nullable(),
  commitCount: z.number().int(),
  deployCount: z.number().int(),
});

export type ReleaseBriefView = z.infer<typeof ReleaseBriefView>;

/** A short description of a commit. */
export const CommitBriefView = z.object({
  sha: z.string(),
  /** The message's first line, cut to 200 characters. */
  subject: z.string(),
  dateCreated: z.iso.datetime(),
  repository: z.string(),
  author: PersonBriefView.nullable(),
});

export type CommitBriefView = z.infer<typeof CommitBriefView>;

/** A short description of a deploy. */
export const DeployBriefView = z.object({
  id: z.string(),
  environment: z.string(),
  dateStarted: z.iso.datetime().nullable(),
  dateFinished: z.iso.datetime(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  /** Null if an organization token reported it, or the account was deleted. */
  deployer: PersonBriefView.nullable(),
});

export type DeployBriefView = z.infer<typeof DeployBriefView>;
