import type { RequestPlan } from "../load/request-plan.ts";
import { ratio, type Spread, spread } from "../load/statistics.ts";
import { sha } from "../seed/seed-release.ts";
import type { DataDirectory } from "../servers/data-directory.ts";
import { startLandfall } from "../servers/start-servers.ts";
import type { Plan } from "./plan.ts";
import { openTimed, type Timed } from "./times-in-turn.ts";

export type CommitsResult = {
  /** Milliseconds to set commits with three changed files each on a release without commits, and to set the same list again. */
  readonly set: readonly { readonly count: number; readonly files: number; readonly first: Spread; readonly again: Spread }[];
  /** Milliseconds to retrieve the release with the most and with the fewest commits, read alternately, and their ratio. */
  readonly retrieve: { readonly most: Spread; readonly fewest: Spread; readonly ratio: Spread };
};

const FILES = 3;
const AUTHORS = 10;

/** Sets lists of commits like `sentry-cli releases set-commits`, and reads the releases. */
export async function measureCommits(
  empty: DataDirectory,
  { counts, repeats, reads }: Plan["commits"],
  onProgress: (text: string) => void,
): Promise<CommitsResult> {
  const data = empty.copy();
  const server = await startLandfall(data);
  const timed = await openTimed(server.port);
  const plans = releasePlans(data);
  try {
    const set: CommitsResult["set"][number][] = [];
    let next = 0;
    // Warm-up: the first time, the code is not compiled yet.
    for (const count of counts) await setOn(timed, plans, `warm-${count}`, commitList(Math.min(count, 1000), (next += count)));
    for (const count of counts) {
      onProgress(`${count.toLocaleString("en-US")} commits`);
      const first: number[] = [];
      const again: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const commits = commitList(count, (next += count));
        const times = await setOn(timed, plans, `web@${count}.${repeat}`, commits);
        first.push(times.first);
        again.push(times.again);
      }
      set.push({ count, files: count * FILES, first: spread(first), again: spread(again) });
    }
    return { set, retrieve: await readAlternately(timed, plans, { most: Math.max(...counts), fewest: Math.min(...counts), reads }) };
  } finally {
    timed.close();
    await server.stop();
    data.remove();
  }
}

type Plans = ReturnType<typeof releasePlans>;

function releasePlans({ organization, token }: { organization: string; token: string }) {
  const releases = `/api/0/organizations/${organization}/releases/`;
  const common = { token, first: 0 } as const;
  return {
    create: (version: string): RequestPlan => ({
      ...common,
      method: "POST",
      path: releases,
      body: JSON.stringify({ version, projects: ["web"] }),
      status: 201,
    }),
    set: (version: string, commits: readonly unknown[]): RequestPlan => ({
      ...common,
      method: "PUT",
      path: `${releases}${version}/`,
      body: JSON.stringify({ commits }),
      status: 200,
    }),
    retrieve: (version: string): RequestPlan => ({ ...common, method: "GET", path: `${releases}${version}/`, status: 200 }),
  };
}

async function setOn(timed: Timed, plans: Plans, version: string, commits: readonly unknown[]): Promise<{ first: number; again: number }> {
  await timed.time(plans.create(version));
  const plan = plans.set(version, commits);
  return { first: await timed.time(plan), again: await timed.time(plan) };
}

async function readAlternately(
  timed: Timed,
  plans: Plans,
  { most, fewest, reads }: { most: number; fewest: number; reads: number },
): Promise<CommitsResult["retrieve"]> {
  const times = { most: [] as number[], fewest: [] as number[] };
  for (let read = 0; read < reads; read += 1) {
    times.most.push(await timed.time(plans.retrieve(`web@${most}.0`)));
    times.fewest.push(await timed.time(plans.retrieve(`web@${fewest}.0`)));
  }
  return { most: spread(times.most), fewest: spread(times.fewest), ratio: ratio(times.most, times.fewest) };
}

/** New commits, newest first, by ten authors, each with three changed files. */
function commitList(count: number, from: number): unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const by = number % AUTHORS;
    return {
      id: sha(number),
      repository: "acme/web",
      message: `Change number ${number}: what was wrong, and what is done about it\n\nWith a second paragraph, as many have.`,
      author_name: `Author ${by}`,
      author_email: `author${by}@example.com`,
      timestamp: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
      patch_set: Array.from({ length: FILES }, (__, file) => ({
        path: `src/feature-${number % 97}/part-${file}/file-${number}.ts`,
        type: "AMD".charAt(file),
      })),
    };
  });
}
