import type { ReleaseStep, SampleProject, SampleStep, StepActor } from "./history.ts";
import type { CommitSource } from "./plan-commits.ts";
import { after, DAY, HOUR, MINUTE, planTimes, type Span } from "./plan-times.ts";
import type { VersionSource } from "./plan-versions.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type ReleasePlan = {
  readonly project: SampleProject;
  /** A project whose code some releases hold too. */
  readonly sibling: string | null;
  readonly count: number;
  readonly span: Span;
  readonly versions: VersionSource;
  readonly commits: CommitSource;
  /** Those who finalize and archive. */
  readonly people: readonly StepActor[];
};

/** The releases of a project in their order, and what is done to them besides deploying: most are finalized, some old ones archived. */
export function planReleases(random: SeededRandom, plan: ReleasePlan): { releases: ReleaseStep[]; besides: SampleStep[] } {
  const { project, sibling, count, span, versions, commits, people } = plan;
  const besides: SampleStep[] = [];
  let previous = after(span.start, -3 * DAY);
  const releases = planTimes(random, count, span).map((at): ReleaseStep => {
    const since = new Date(Math.max(previous.getTime(), at.getTime() - 5 * DAY));
    previous = at;
    const brought = commits(commitCount(random, (at.getTime() - since.getTime()) / HOUR), { start: since, end: at });
    const head = brought[0]?.id ?? null;
    const version = versions({ at, head });
    const about = { project: project.slug, version };
    const ended = random.weighted([
      ["at once", 7],
      ["later", 2],
      ["never", 1],
    ] as const);
    const doer = () => random.pick(people);
    if (ended === "later") besides.push({ ...about, kind: "finalize", at: after(at, random.whole(2, 90) * MINUTE), by: doer() });
    if (random.chance(0.12)) besides.push({ ...about, kind: "archive", at: after(at, random.whole(20, 60) * DAY), by: doer() });
    return {
      ...about,
      kind: "release",
      at,
      by: "ci",
      alsoOf: random.chance(0.06) ? sibling : null,
      ref: head,
      url: `${project.url}/releases/${encodeURIComponent(version)}`,
      dateReleased: ended === "at once" ? at : null,
      commits: brought,
    };
  });
  return { releases, besides: besides.filter(({ at }) => at < span.end) };
}

/** A rebuild has none; few where little time has passed. */
function commitCount(random: SeededRandom, hours: number): number {
  if (hours < 0.1 || random.chance(0.09)) return 0;
  const count = random.weighted([
    [random.whole(1, 3), 5],
    [random.whole(3, 8), 5],
    [random.whole(8, 18), 1.5],
    [random.whole(20, 45), 0.12],
  ]);
  return Math.max(1, Math.min(count, Math.ceil(hours)));
}
