import { MINUTE } from "@landfall/domain/durations";
import type { DeployStep, ReleaseStep, StepActor } from "./history.ts";
import { after } from "./plan-times.ts";
import type { SeededRandom } from "./seeded-random.ts";

export type DeployPlan = {
  readonly releases: readonly ReleaseStep[];
  /** In the order in which a release is deployed to them. */
  readonly environments: readonly string[];
  readonly people: readonly StepActor[];
  /** The end of the history. */
  readonly end: Date;
};

/** The probability of a deploy to the first environment, and the delay after the release in minutes. */
const ENTRY = { chance: 0.87, min: 3, max: 14 };

/** The same for a deploy to the next environment, and for a rollback. */
const PROMOTION = { chance: 0.76, min: 25, max: 9 * 60 };
const ROLLBACK = { chance: 0.07, min: 12, max: 75 };

/**
 * Plans the deploys of a project's releases from environment to environment. A newer release overtakes releases that are waiting, and some
 * deploys to the last environment are rolled back. CI deploys to all environments except the last one, to which people deploy.
 */
export function planDeploys(random: SeededRandom, { releases, environments, people, end }: DeployPlan): DeployStep[] {
  const last = environments.at(-1);
  let waiting = releases.map((release) => ({ release, at: release.at }));
  return environments.flatMap((environment, index) => {
    const { chance, min, max } = index === 0 ? ENTRY : PROMOTION;
    const delay = () => random.whole(min, environment === last && index > 0 ? max * 4 : max) * MINUTE;
    const isLast = environment === last;
    const ready = waiting
      .filter(({ release }) => random.chance(chance) && !(isLast && isCandidate(release.version)))
      .map(({ release, at }) => ({ release, at: after(at, delay()) }));
    waiting = notOvertaken(ready).filter(({ at }) => at < end);
    const deploys = waiting.map(({ release, at }) => deployOf(random, release, environment, at, isLast ? random.pick(people) : "ci"));
    return isLast ? [...deploys, ...rollBacks(random, deploys, end)] : deploys;
  });
}

/** Release candidates are not deployed to the last environment. */
const isCandidate = (version: string): boolean => version.includes("-rc.");

/** Returns the items that are earlier than every item after them. */
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

/** Rolls some deploys back to the version before, unless the next deploy is earlier. */
function rollBacks(random: SeededRandom, deploys: readonly DeployStep[], end: Date): DeployStep[] {
  return deploys.flatMap((deploy, index) => {
    const [before, next] = [deploys[index - 1], deploys[index + 1]];
    if (!before || !random.chance(ROLLBACK.chance)) return [];
    const at = after(deploy.at, random.whole(ROLLBACK.min, ROLLBACK.max) * MINUTE);
    if (at >= (next?.at ?? end)) return [];
    return [{ ...before, at, name: "Roll back", by: deploy.by, dateStarted: after(at, -90_000) }];
  });
}
