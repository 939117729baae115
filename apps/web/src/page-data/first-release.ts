import type { Viewer } from "../running-app.ts";

/** How far the newest release of an organization has come; null while there is none. */
export type FirstReleaseProgress = {
  readonly version: string;
  readonly commits: number;
  readonly people: number;
  /** Where it was deployed last; null for nowhere. */
  readonly environment: string | null;
};

/** What has arrived of the first release, for whoever waits for it. */
export async function readFirstReleaseProgress(call: Viewer["call"], organization: string): Promise<FirstReleaseProgress | null> {
  const { items } = await call.releases.list({ organization, per_page: "1" });
  const [release] = items;
  if (!release) return null;
  const { version, commitCount, authors, lastDeploy } = release;
  return { version, commits: commitCount, people: authors.length, environment: lastDeploy?.environment ?? null };
}
