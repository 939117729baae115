import type { NewCommit } from "@landfall/client/procedure-types";
import { setCommits } from "@landfall/client/set-commits";
import { MOST_COMMITS } from "@landfall/schema/commit-limits";
import type { Context } from "../context.ts";
import type { Repository } from "../git/open-repository.ts";
import type { CommitRange } from "./find-range.ts";

type Target = { readonly organization: string; readonly version: string };

/** Reads a range from git and makes it the release's commits. Answers how many; for none it leaves the release's list alone. */
export async function sendCommits(context: Context, repository: Repository, range: CommitRange, target: Target): Promise<number> {
  const total = await repository.count(range);
  if (total === 0) return 0;
  if (total === MOST_COMMITS) {
    context.warn(`Only the newest ${MOST_COMMITS} commits are sent.`);
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
        signal: context.world.signal,
        onProgress: ({ stored, total: all }) => sending.show(stored, all),
      }),
    );
  } finally {
    sending.end();
  }
  return commits.length;
}
