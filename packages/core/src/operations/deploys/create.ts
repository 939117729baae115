import type { Tx } from "@landfall/db/store";
import type { EnvironmentRow, ProjectRow } from "@landfall/db/tables/schema";
import { CreateDeployInput, type DeployView } from "@landfall/schema/releases/deploys";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, eq, sql } from "drizzle-orm";
import { type AtRelease, atWholeRelease } from "../../access/at-release.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { unknownProject } from "../../access/unknown-names.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeDeploy } from "../../records/deploys.ts";
import { defaultPosition } from "../../records/environments/environment-order.ts";
import { findEnvironment } from "../../records/environments/environments.ts";
import { findProjectsByReference, type ProjectReference } from "../../records/projects.ts";
import { activityIdent, lockRelease, releaseDeleted } from "../../records/releases.ts";

/**
 * Records a deploy of a release to an environment, and creates the environment if it does not exist (contract 7.1). Every call records a
 * new deploy.
 *
 * @throws `invalid` at the field, and with reason `parameter-validation-error` for projects that the release is not linked to.
 */
export const createDeploy = mutation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: CreateDeployInput,
  run: async (on, input): Promise<DeployView> => {
    const { tx, at, now, actor } = on;
    const release = await lockRelease(tx, at.release);
    if (!release) throw releaseDeleted(at.release);
    const projectIds = await resolveProjects(tx, at, input.projects);
    const environment = await ensureEnvironment(tx, release.organizationId, input.environment, projectIds, now);
    const { deploys, releases } = tx.tables;
    const [deploy] = await tx
      .insert(deploys)
      .values({
        organizationId: release.organizationId,
        releaseId: release.id,
        environmentId: environment.id,
        name: input.name || null,
        url: input.url || null,
        dateStarted: input.dateStarted ?? null,
        dateFinished: input.dateFinished ?? now,
        dateCreated: now,
        deployerId: actor.kind === "user" ? actor.userId : null,
      })
      .returning();
    if (!deploy) throw new Error("the deploy was not stored");
    await tx
      .update(releases)
      .set({ deployCount: sql`${releases.deployCount} + 1`, lastDeployId: deploy.id })
      .where(and(eq(releases.id, release.id), eq(releases.organizationId, release.organizationId)));
    await setLastDeploy(tx, { releaseId: release.id, projectIds, environment, deployId: deploy.id, now });
    await recordActivity(tx, at, { deployId: deploy.id, environment: environment.name, now });
    await recordAudit(on, {
      organizationId: release.organizationId,
      action: "deploy.create",
      target: release.version,
      details: { deployId: deploy.id, environment: environment.name },
    });
    return describeDeploy(deploy, environment.name);
  },
});

async function resolveProjects(
  tx: Tx,
  { access, release, links }: AtRelease,
  references: readonly ProjectReference[] | undefined,
): Promise<number[]> {
  if (references === undefined) return links.map((link) => link.projectId);
  const reach = await reachableProjects(tx, access);
  const found = await findProjectsByReference(tx, access.organization.id, references);
  const projects: ProjectRow[] = [];
  for (const [index, project] of found.entries()) {
    if (!project || !reaches(reach, project.id)) {
      const detail = await unknownProject(tx, access, String(references[index]));
      throw project ? projectOutOfReach(detail) : invalidField("projects", "Invalid project", detail);
    }
    projects.push(project);
  }
  const unlinked = projects.filter((project) => !links.some((link) => link.projectId === project.id)).map((project) => project.slug);
  if (unlinked.length > 0) {
    const message = `Invalid projects (${unlinked.join(", ")}) for release ${release.version}`;
    throw new AppError("invalid", message, { reason: "parameter-validation-error" });
  }
  return projects.map((project) => project.id);
}

/** The error for a project out of reach: the same as for an unknown project, except in the REST API (contract 7.1). */
function projectOutOfReach(detail: string): AppError {
  const { code, message, issues } = invalidField("projects", "Invalid project");
  return new AppError(code, message, { issues, detail, restError: invalidField("projects", "Insufficient access to project") });
}

type LastDeploy = { releaseId: number; projectIds: readonly number[]; environment: EnvironmentRow; deployId: number; now: Date };

/** Stores the deploy as the last one of the release for each project in the environment. */
async function setLastDeploy(tx: Tx, { releaseId, projectIds, environment, deployId, now }: LastDeploy): Promise<void> {
  const { releaseEnvironments } = tx.tables;
  await tx
    .insert(releaseEnvironments)
    .values(
      projectIds.map((projectId) => ({
        releaseId,
        projectId,
        environmentId: environment.id,
        lastDeployId: deployId,
        firstSeen: now,
        lastSeen: now,
      })),
    )
    .onConflictDoUpdate({
      target: [releaseEnvironments.releaseId, releaseEnvironments.projectId, releaseEnvironments.environmentId],
      set: { lastDeployId: deployId },
    });
}

async function recordActivity(
  tx: Tx,
  { release, links }: AtRelease,
  event: { deployId: number; environment: string; now: Date },
): Promise<void> {
  const { organizationId, version } = release;
  const { deployId, environment, now } = event;
  const data = { version, deployId, environment };
  await tx
    .insert(tx.tables.activities)
    .values(
      links.map(({ projectId }) => ({ organizationId, projectId, kind: "deploy", ident: activityIdent(version), data, dateCreated: now })),
    );
}

/** Returns the environment with this name, which is created if it does not exist, and links it to the projects (contract 7.1). */
async function ensureEnvironment(
  tx: Tx,
  organizationId: number,
  name: string,
  projectIds: readonly number[],
  now: Date,
): Promise<EnvironmentRow> {
  const environment = (await findEnvironment(tx, organizationId, name)) ?? (await createEnvironment(tx, organizationId, name, now));
  if (projectIds.length > 0) {
    // Sorted, so that two transactions that write the same rows cannot deadlock.
    const links = projectIds.toSorted((one, other) => one - other).map((projectId) => ({ environmentId: environment.id, projectId }));
    await tx.insert(tx.tables.environmentProjects).values(links).onConflictDoNothing();
  }
  return environment;
}

async function createEnvironment(tx: Tx, organizationId: number, name: string, now: Date): Promise<EnvironmentRow> {
  const [created] = await tx
    .insert(tx.tables.environments)
    .values({ organizationId, name, position: defaultPosition(name), dateCreated: now })
    .onConflictDoNothing()
    .returning();
  const row = created ?? (await findEnvironment(tx, organizationId, name));
  if (!row) throw new Error("the environment was not stored");
  return row;
}
