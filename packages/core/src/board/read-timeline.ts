import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import type { Page } from "@landfall/schema/views/page";
import type { KeysetWindow } from "../pagination/keyset-page.ts";
import { compareAge } from "./compare-age.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "./find-deploy-facts.ts";
import { findPreviousDeploys, type PreviousDeploy } from "./find-preceding.ts";
import { readTimelinePage, type Timeline } from "./landed-page.ts";

/** A page of a timeline, each deploy with what it found in its environment. A few queries whatever the length of the page. */
export async function readTimeline(db: Reader, timeline: Timeline, window: KeysetWindow): Promise<Page<EnvironmentDeployView>> {
  const { items, ...links } = await readTimelinePage(db, timeline, window);
  const preceding = await findPreviousDeploys(db, timeline, items);
  const before = [...preceding.values()].flat().flatMap(({ beforeId }) => beforeId ?? []);
  const facts = await findDeploysWithRelease(db, [...items.map(({ id }) => id), ...before]);
  const views = items.flatMap(({ id }) => {
    const now = facts.get(id);
    return now ? [describeDeploy(now, preceding.get(id) ?? [], facts)] : [];
  });
  return { items: views, ...links };
}

function describeDeploy(now: DeployWithRelease, preceding: readonly PreviousDeploy[], facts: ReadonlyMap<number, DeployWithRelease>): EnvironmentDeployView {
  const projects = preceding.map(({ project, beforeId }) => ({ project, before: beforeId === null ? undefined : facts.get(beforeId) }));
  const [from] = projects.flatMap(({ before }) => before ?? []).toSorted(byNewest);
  const { dateStarted, dateFinished } = now.deploy;
  return {
    ...now.view,
    version: now.release.version,
    projects: projects.map(({ project, before }) => ({ ...project, from: before?.release.version ?? null })),
    from: from ? { deployId: from.view.id, version: from.release.version, dateFinished: instant(from.deploy.dateFinished) } : null,
    kind: kindOf(now, from),
    duration: dateStarted && dateStarted <= dateFinished ? +dateFinished - +dateStarted : null,
    gap: from ? Math.max(0, +(dateStarted ?? dateFinished) - +from.deploy.dateFinished) : null,
  };
}

const byNewest = (a: DeployWithRelease, b: DeployWithRelease): number => +b.deploy.dateFinished - +a.deploy.dateFinished || b.deploy.id - a.deploy.id;

function kindOf(now: DeployWithRelease, from: DeployWithRelease | undefined): EnvironmentDeployView["kind"] {
  if (!from) return "first";
  const age = compareAge(from.release, now.release);
  return age === 0 ? "again" : age < 0 ? "forward" : "back";
}
