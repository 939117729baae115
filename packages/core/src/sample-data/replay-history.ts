import { type Actor, userActor } from "../kernel/actor.ts";
import type { Context } from "../kernel/context.ts";
import { createDeploy } from "../operations/deploys/create.ts";
import { saveNotes } from "../operations/release-notes/save.ts";
import { createRelease } from "../operations/releases/create.ts";
import { updateRelease } from "../operations/releases/update.ts";
import type { History, SampleStep, StepActor } from "./history.ts";
import type { SampleOrganization } from "./set-up-organization.ts";

export type Replay = {
  readonly founded: SampleOrganization;
  /** The token programs act by. */
  readonly ciTokenId: number;
  /** Told how many steps are done, of how many. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
};

/**
 * Lets everything happen again, each step through its operation, at its time, by whoever did it. Steps that are near each other and about
 * different releases are done together, so that they share what a commit costs.
 */
export async function replayHistory(context: Context, { steps }: History, play: Replay): Promise<void> {
  let done = 0;
  for (const wave of groupSteps(steps)) {
    await Promise.all(wave.map((step) => perform(stepContext(context, play, step), play.founded.organization.slug, step)));
    done += wave.length;
    play.onProgress?.(done, steps.length);
  }
}

/** How many steps are looked through for those that may be done together. */
const AHEAD = 32;

/** Steps in groups that can be done together: what is done to one release stays in its order. */
export function groupSteps<Step extends { readonly version: string }>(steps: readonly Step[]): Step[][] {
  const found: Step[][] = [];
  let left = steps;
  while (left.length > 0) {
    const seen = new Set<string>();
    const wave = left.slice(0, AHEAD).filter(({ version }) => !seen.has(version) && seen.add(version));
    const taken = new Set(wave);
    found.push(wave);
    left = left.filter((step) => !taken.has(step));
  }
  return found;
}

/** The context of a step: who did it, and when. */
export function stepContext(context: Context, play: Replay, { at, by }: SampleStep): Context {
  const userAgent = by === "ci" ? "sentry-cli/3.8.0" : "Mozilla/5.0 (sample)";
  return { ...context, actor: actorOf(play, by), now: () => at, userAgent, requestId: null };
}

function actorOf({ founded, ciTokenId }: Replay, by: StepActor): Actor {
  const userId = by === "ci" ? undefined : founded.userIds.get(by.email);
  if (userId !== undefined) return userActor(userId);
  return { kind: "organization", organizationId: founded.organization.id, tokenId: ciTokenId, scopes: new Set(["org:ci"]) };
}

async function perform(context: Context, organization: string, step: SampleStep): Promise<void> {
  const { at, version, project } = step;
  switch (step.kind) {
    case "release": {
      const { alsoOf, ref, url, dateReleased } = step;
      const commits = step.commits.map(({ patch_set, ...commit }) => ({ ...commit, patch_set: [...patch_set] }));
      const projects = alsoOf === null ? [project] : [project, alsoOf];
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
