import type { DeployStep, ReleaseStep, StepActor } from "./history.ts";
import { after, MINUTE } from "./plan-times.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type DeployPlan = {
  readonly releases: readonly ReleaseStep[];
  /** In the order a release goes through them. */
  readonly environments: readonly string[];
  readonly people: readonly StepActor[];
  /** Nothing happens from here on. */
  readonly end: Date;
};

/** How often a release gets from one environment to the next, and how long that takes. */
const ENTRY = { chance: 0.87, least: 3, most: 14 };

const PROMOTION = { chance: 0.76, least: 25, most: 9 * 60 };
const ROLLBACK = { chance: 0.07, least: 12, most: 75 };

/**
 * The deploys of a project's releases: from environment to environment, the newest overtaking those that wait, and in production now and
 * then back to the one before. Programs deploy to the first environments, people to the last.
 */
export function planDeploys(random: SeededRandom, { releases, environments, people, end }: DeployPlan): DeployStep[] {
  const last = environments.at(-1);
  let waiting = releases.map((release) => ({ release, at: release.at }));
  return environments.flatMap((environment, index) => {
    const { chance, least, most } = index === 0 ? ENTRY : PROMOTION;
    const wait = () => random.whole(least, environment === last && index > 0 ? most * 4 : most) * MINUTE;
    const isLast = environment === last;
    const ready = waiting
      .filter(({ release }) => random.chance(chance) && !(isLast && isCandidate(release.version)))
      .map(({ release, at }) => ({ release, at: after(at, wait()) }));
    waiting = notOvertaken(ready).filter(({ at }) => at < end);
    const deploys = waiting.map(({ release, at }) => deployOf(random, release, environment, at, isLast ? random.pick(people) : "ci"));
    return isLast ? [...deploys, ...rollBacks(random, deploys, end)] : deploys;
  });
}

/** People who try it out have it in the environments before. */
const isCandidate = (version: string): boolean => version.includes("-rc.");

/** Those that come before every newer one. */
function notOvertaken<Ready extends { readonly at: Date }>(ready: readonly Ready[]): Ready[] {
  let next = Number.POSITIVE_INFINITY;
  return ready
    .toReversed()
    .filter(({ at }) => {
      const isFirst = at.getTime() < next;
      if (isFirst) next = at.getTime();
      return isFirst;
    })
    .toReversed();
}

function deployOf(random: SeededRandom, release: ReleaseStep, environment: string, at: Date, by: StepActor): DeployStep {
  const { project, version } = release;
  const name = random.chance(0.5) ? `Deploy #${random.whole(1000, 9999)}` : null;
  const url = random.chance(0.8) ? `https://ci.example/${project}/runs/${random.whole(100_000, 999_999)}` : null;
  const dateStarted = after(at, -random.whole(40, 540) * 1000);
  return { kind: "deploy", at, by, project, version, environment, name, url, dateStarted };
}

/** Some deploys do not last: the version before them comes back, unless the next one is sooner. */
function rollBacks(random: SeededRandom, deploys: readonly DeployStep[], end: Date): DeployStep[] {
  return deploys.flatMap((deploy, index) => {
    const [before, next] = [deploys[index - 1], deploys[index + 1]];
    if (!before || !random.chance(ROLLBACK.chance)) return [];
    const at = after(deploy.at, random.whole(ROLLBACK.least, ROLLBACK.most) * MINUTE);
    if (at >= (next?.at ?? end)) return [];
    return [{ ...before, at, name: "Roll back", by: deploy.by, dateStarted: after(at, -90_000) }];
  });
}
