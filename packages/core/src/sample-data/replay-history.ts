import { type Actor, userActor } from "../kernel/actor.ts";
import type { Context } from "../kernel/context.ts";
import { createDeploy } from "../operations/deploys/create.ts";
import { saveNotes } from "../operations/release-notes/save.ts";
import { createRelease } from "../operations/releases/create.ts";
import { updateRelease } from "../operations/releases/update.ts";
import type { History, SampleStep, StepActor } from "./history.ts";
import type { SampleOrganization } from "./set-up-organization.ts";

export type Replay = {
  readonly sample: SampleOrganization;
  /** The token of CI. */
  readonly ciTokenId: number;
  /** Called with the number of steps that are done, and of all steps. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
};

/**
 * Replays a history: runs the operation of each step, with its date and its actor. Nearby steps of different releases run concurrently, so that
 * they share the cost of a commit.
 */
export async function replayHistory(context: Context, { steps }: History, replay: Replay): Promise<void> {
  let done = 0;
  for (const group of groupSteps(steps)) {
    await Promise.all(group.map((step) => perform(stepContext(context, replay, step), replay.sample.organization.slug, step)));
    done += group.length;
    replay.onProgress?.(done, steps.length);
  }
}

/** How many of the next steps are considered for a group. */
const LOOK_AHEAD = 32;

/** Splits steps into groups that can run concurrently. Steps of the same release keep their order. */
export function groupSteps<Step extends { readonly version: string }>(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  let left = steps;
  while (left.length > 0) {
    const seen = new Set<string>();
    const group = left.slice(0, LOOK_AHEAD).filter(({ version }) => !seen.has(version) && seen.add(version));
    const grouped = new Set(group);
    groups.push(group);
    left = left.filter((step) => !grouped.has(step));
  }
  return groups;
}

/** Returns the context of a step, with its actor and date. */
export function stepContext(context: Context, replay: Replay, { at, by }: SampleStep): Context {
  const userAgent = by === "ci" ? "sentry-cli/3.8.0" : "Mozilla/5.0 (sample)";
  return { ...context, actor: actorOf(replay, by), now: () => at, userAgent, requestId: null };
}

function actorOf({ sample, ciTokenId }: Replay, by: StepActor): Actor {
  const userId = by === "ci" ? undefined : sample.userIds.get(by.email);
  if (userId !== undefined) return userActor(userId);
  return { kind: "organization", organizationId: sample.organization.id, tokenId: ciTokenId, scopes: new Set(["org:ci"]) };
}

async function perform(context: Context, organization: string, step: SampleStep): Promise<void> {
  const { at, version, project } = step;
  switch (step.kind) {
    case "release": {
      const { secondProject, ref, url, dateReleased } = step;
      const commits = step.commits.map(({ patch_set, ...commit }) => ({ ...commit, patch_set: [...patch_set] }));
      const projects = secondProject === null ? [project] : [project, secondProject];
      await createRelease(context, { organization, version, projects, ref, url, dateReleased, commits });
      return;
    }
    case "finalize":
      return void (await updateRelease(context, { organization, version, dateReleased: at }));
    case "archive":
      return void (await updateRelease(context, { organization, version, status: "archived" }));
    case "deploy": {
      const { environment, name, url, dateStarted } = step;
      const dates = { dateStarted, dateFinished: at };
      return void (await createDeploy(context, { organization, version, environment, name, url, ...dates, projects: [project] }));
    }
    case "notes":
      return void (await saveNotes(context, { organization, version, markdown: step.markdown }));
  }
}
