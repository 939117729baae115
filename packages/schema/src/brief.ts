import * as z from "zod";

/** A project, as pages name it in passing. */
export const ProjectBriefView = z.object({ id: z.string(), slug: z.string(), name: z.string() });

export type ProjectBriefView = z.infer<typeof ProjectBriefView>;

/** Somebody who wrote or deployed something. `userId` is there for people of this server, who are told by it from namesakes. */
export const PersonBriefView = z.object({
  name: z.string().nullable(),
  email: z.string(),
  userId: z.string().nullable(),
  /** Whether name and address look like a program's. */
  isBot: z.boolean(),
});

export type PersonBriefView = z.infer<typeof PersonBriefView>;

/** A release, as pages name it in passing. */
export const ReleaseBriefView = z.object({
  version: z.string(),
  /** The version's short form for people, without its package. */
  description: z.string(),
  package: z.string().nullable(),
  status: z.enum(["open", "archived"]),
  dateCreated: z.iso.datetime(),
  dateReleased: z.iso.datetime().nullable(),
  commitCount: z.number().int(),
  deployCount: z.number().int(),
});

export type ReleaseBriefView = z.infer<typeof ReleaseBriefView>;

/** A commit in one line. */
export const CommitBriefView = z.object({
  sha: z.string(),
  /** The message's first line, cut to 200 characters. */
  subject: z.string(),
  dateCreated: z.iso.datetime(),
  repository: z.string(),
  author: PersonBriefView.nullable(),
});

export type CommitBriefView = z.infer<typeof CommitBriefView>;

/** A deploy in one line. */
export const DeployBriefView = z.object({
  id: z.string(),
  environment: z.string(),
  dateStarted: z.iso.datetime().nullable(),
  dateFinished: z.iso.datetime(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  /** Null when a token of the organization reported it, or who did is gone. */
  deployer: PersonBriefView.nullable(),
});

export type DeployBriefView = z.infer<typeof DeployBriefView>;
