import type { Role } from "@landfall/schema/scope";

/** What an organization did in some weeks, made up. Dates are those at which it happened; nothing is later than the end asked for. */
export type History = {
  readonly start: Date;
  readonly organization: string;
  readonly teams: readonly SampleTeam[];
  /** Those who can sign in, were they given a password. */
  readonly people: readonly SamplePerson[];
  readonly bots: readonly SampleAuthor[];
  readonly projects: readonly SampleProject[];
  /** In the order they happened. */
  readonly steps: readonly SampleStep[];
};

type SampleTeam = { readonly slug: string; readonly name: string };
export type SampleAuthor = { readonly name: string; readonly email: string };

export type SamplePerson = SampleAuthor & {
  /** Another address of theirs; null for most. */
  readonly secondEmail: string | null;
  /** One they commit with too, and that nobody told the server is theirs; null for most. */
  readonly strayEmail: string | null;
  readonly role: Role;
  readonly team: string;
};

export type SampleProject = {
  readonly slug: string;
  readonly name: string;
  readonly platform: string;
  readonly team: string;
  /** The repository commits name, and its address. */
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

/** Who does it: CI, or the address of a person. */
export type StepActor = "ci" | { readonly email: string };

type Step<Kind extends string, Facts> = Facts & {
  readonly kind: Kind;
  readonly at: Date;
  readonly by: StepActor;
  /** The project it is about: steps of two projects do not bear on each other. */
  readonly project: string;
  readonly version: string;
};

export type ReleaseStep = Step<
  "release",
  {
    /** Also of another project, where both come out of one build. */
    readonly alsoOf: string | null;
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
