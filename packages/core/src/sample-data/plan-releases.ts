import { DAY, HOUR, MINUTE } from "@landfall/domain/durations";
import type { ReleaseStep, SampleProject, SampleStep, StepActor } from "./history.ts";
import type { CommitSource } from "./plan-commits.ts";
import { after, planTimes, type Span } from "./plan-times.ts";
import type { VersionSource } from "./plan-versions.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type ReleasePlan = {
  readonly project: SampleProject;
  /** A project that some releases also contain. */
  readonly sibling: string | null;
  readonly count: number;
  readonly span: Span;
  readonly versions: VersionSource;
  readonly commits: CommitSource;
  /** The people who finalize and archive releases. */
  readonly people: readonly StepActor[];
};

/** Plans the releases of a project by date, and changes to them: most are finalized, and some old ones are archived. */
export function planReleases(random: SeededRandom, plan: ReleasePlan): { releases: ReleaseStep[]; changes: SampleStep[] } {
  const { project, sibling, count, span, versions, commits, people } = plan;
  const changes: SampleStep[] = [];
  let previous = after(span.start, -3 * DAY);
  const releases = planTimes(random, count, span).map((at): ReleaseStep => {
    const since = new Date(Math.max(previous.getTime(), at.getTime() - 5 * DAY));
    previous = at;
    const releaseCommits = commits(commitCount(random, (at.getTime() - since.getTime()) / HOUR), { start: since, end: at });
    const head = releaseCommits[0]?.id ?? null;
    const version = versions({ at, head });
    const about = { project: project.slug, version };
    const finalized = random.weighted([
      ["at once", 7],
      ["later", 2],
      ["never", 1],
    ] as const);
    const person = () => random.pick(people);
    if (finalized === "later") changes.push({ ...about, kind: "finalize", at: after(at, random.whole(2, 90) * MINUTE), by: person() });
    if (random.chance(0.12)) changes.push({ ...about, kind: "archive", at: after(at, random.whole(20, 60) * DAY), by: person() });
    return {
      ...about,
      kind: "release",
      at,
      by: "ci",
      secondProject: random.chance(0.06) ? sibling : null,
      ref: head,
      url: `${project.url}/releases/${encodeURIComponent(version)}`,
      dateReleased: finalized === "at once" ? at : null,
      commits: releaseCommits,
    };
  });
  return { releases, changes: changes.filter(({ at }) => at < span.end) };
}

/** The number of commits of a release, at most about one per hour since the release before; none for a rebuild. */
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
