import type { NewCommit, Release } from "@landfall/client/create-client";
import { isLandfallError } from "@landfall/client/landfall-error";
import { setCommits } from "@landfall/client/set-commits";
import { MAX_COMMITS } from "@landfall/schema/constants";
import type { Context } from "../command/context.ts";
import type { Repository } from "../git/open-repository.ts";
import type { CommitRange } from "./find-range.ts";

type Target = { readonly organization: string; readonly version: string };

/** Reports the URL of the repository, which the server stores if it has none. A failure is only a warning. */
export async function reportUrl(context: Context, { name, url }: Repository, organization: string): Promise<void> {
  if (url === null) return;
  try {
    await context.write("repositories.reportUrl", { organization, name, url }, (input) =>
      context.client.repositories.reportUrl.mutate(input),
    );
  } catch (error) {
    if (!isLandfallError(error)) throw error;
    // Servers of earlier versions do not know the procedure.
    if (error.code !== "not_found") context.warn(`The URL of the repository was not reported: ${error.message}`);
  }
}

/** Reads a range from git and sets it as the commits of the release. Returns how many commits; for 0 the release is not changed. */
export async function sendCommits(context: Context, repository: Repository, range: CommitRange, target: Target): Promise<number> {
  const total = await repository.count(range);
  if (total === 0) return 0;
  if (total === MAX_COMMITS) {
    context.warn(`Sending only the newest ${MAX_COMMITS} commits.`);
  }
  const reading = context.progress("reading commits");
  const commits: NewCommit[] = [];
  try {
    for await (const commit of repository.log(range)) {
      commits.push(commit);
      if (commits.length % 200 === 0) reading.show(commits.length, total);
    }
  } finally {
    reading.end();
  }
  const sending = context.progress("sending commits");
  try {
    await context.write("releases.update", { ...target, commits }, () =>
      setCommits(context.client, {
        ...target,
        commits,
        signal: context.runtime.signal,
        onProgress: ({ stored, total: all }) => sending.show(stored, all),
      }),
    );
  } finally {
    sending.end();
  }
  return commits.length;
}

type Lookup = { readonly organization: string; readonly version: string; readonly projects: readonly string[] };

/** The most earlier releases to try. */
const MAX_EARLIER = 5;

const PAGE_SIZE = 20;

/**
 * Returns the earlier releases that have commits, nearest first. In a dry run the release may not exist yet; the newest other release of
 * the projects is then used as the nearest.
 */
export async function* earlierReleases(
  { client, isDryRun }: Context,
  { organization, version, projects }: Lookup,
): AsyncGenerator<Release, void, undefined> {
  const seen = new Set([version]);
  const before = async (later: string): Promise<Release | null> =>
    client.releases.previousWithCommits.query({ organization, version: later });
  let release = await before(version).catch(async (error: unknown) => {
    if (!isDryRun || !isLandfallError(error) || error.code !== "not_found") throw error;
    const { items } = await client.releases.list.query({ organization, project: [...projects], per_page: PAGE_SIZE });
    return items.find((other) => other.version !== version && other.lastCommit !== null) ?? null;
  });
  for (let count = 0; release !== null && !seen.has(release.version) && count < MAX_EARLIER; count += 1) {
    seen.add(release.version);
    yield release;
    release = await before(release.version);
  }
}
