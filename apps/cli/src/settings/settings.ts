/** A value and where it came from, in words: "--org", "SENTRY_ORG", "the login file". */
export type Setting<T> = { readonly value: T; readonly source: string };

/** What a command line works with. Null for what nobody said. */
export type Settings = {
  readonly url: Setting<string> | null;
  readonly token: Setting<string> | null;
  readonly organization: Setting<string> | null;
  readonly projects: Setting<readonly string[]> | null;
  readonly release: Setting<string> | null;
  readonly environment: Setting<string> | null;
  /** What is odd about them but no reason to stop. */
  readonly warnings: readonly string[];
};

/** What flags say. */
export type FlagSettings = {
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly org?: string | undefined;
  readonly project?: readonly string[] | undefined;
};
