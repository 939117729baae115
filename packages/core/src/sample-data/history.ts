import type { Role } from "@landfall/schema/scope";

/** A generated history of an organization over some weeks. Every step has the date at which it happens, before the end of the history. */
export type History = {
  readonly start: Date;
  readonly organization: string;
  readonly teams: readonly SampleTeam[];
  /** The members. They have no passwords. */
  readonly people: readonly SamplePerson[];
  readonly bots: readonly SampleAuthor[];
  readonly projects: readonly SampleProject[];
  /** Sorted by date. */
  readonly steps: readonly SampleStep[];
};

type SampleTeam = { readonly slug: string; readonly name: string };
export type SampleAuthor = { readonly name: string; readonly email: string };

export type SamplePerson = SampleAuthor & {
  /** A second email address of the member; null for most. */
  readonly secondEmail: string | null;
  /** An email address in commits that the server does not know as the member's; null for most. */
  readonly strayEmail: string | null;
  readonly role: Role;
  readonly team: string;
};

export type SampleProject = {
  readonly slug: string;
  readonly name: string;
  readonly platform: string;
  readonly team: string;
  /** The name of the repository in commits. */
  readonly repository: string;
  readonly url: string;
};

export type SampleCommit = {
  readonly id: string;
  readonly repository: string;
  readonly message: string;
  readonly author_name: string;
  readonly author_email: string;
  readonly timestamp: Date;
  readonly patch_set: readonly { readonly path: string; readonly type: "A" | "M" | "D" }[];
};

/** The actor of a step: CI, or a member. */
export type StepActor = "ci" | { readonly email: string };

type Step<Kind extends string, Facts> = Facts & {
  readonly kind: Kind;
  readonly at: Date;
  readonly by: StepActor;
  readonly project: string;
  readonly version: string;
};

export type ReleaseStep = Step<
  "release",
  {
    /** A second project of the release, if one build contains both. */
    readonly secondProject: string | null;
    readonly ref: string | null;
    readonly url: string;
    readonly dateReleased: Date | null;
    readonly commits: readonly SampleCommit[];
  }
>;

export type DeployStep = Step<
  "deploy",
  { readonly environment: string; readonly name: string | null; readonly url: string | null; readonly dateStarted: Date }
>;

export type SampleStep =
  | ReleaseStep
  | DeployStep
  | Step<"finalize", Record<never, never>>
  | Step<"archive", Record<never, never>>
  | Step<"notes", { readonly markdown: string }>;
