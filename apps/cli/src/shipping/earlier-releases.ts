import { isLandfallError } from "@landfall/client/landfall-error";
import type { Release } from "@landfall/client/procedure-types";
import type { Context } from "../context.ts";

type Wanted = { readonly organization: string; readonly version: string; readonly projects: readonly string[] };

/** How many earlier releases are looked at, and how many a page of them holds. */
const LOOKED_AT = 5;
const PAGE = 20;

/**
 * The releases before this one that have commits, the nearest first. A dry run asks before the release is made; then the newest other
 * release of the projects stands in for the nearest.
 */
export async function* earlierReleases(
  { client, isDryRun }: Context,
  { organization, version, projects }: Wanted,
): AsyncGenerator<Release, void, undefined> {
  const seen = new Set([version]);
  const before = async (later: string): Promise<Release | null> =>
    client.releases.previousWithCommits.query({ organization, version: later });
  let release = await before(version).catch(async (error: unknown) => {
    if (!isDryRun || !isLandfallError(error) || error.code !== "not_found") throw error;
    const { items } = await client.releases.list.query({ organization, project: [...projects], per_page: PAGE });
    return items.find((other) => other.version !== version && other.lastCommit !== null) ?? null;
  });
  for (let count = 0; release !== null && !seen.has(release.version) && count < LOOKED_AT; count += 1) {
    seen.add(release.version);
    yield release;
    release = await before(release.version);
  }
}
