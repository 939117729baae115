import type { Reader, Tx } from "@landfall/db/store";
import type { ProjectRow, ReleaseRow } from "@landfall/db/tables/schema";
import { CreateProjectReleaseInput, CreateReleaseInput } from "@landfall/schema/releases/change-release";
import type { ReleaseView } from "@landfall/schema/releases/releases";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, asc, eq, or, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { findLinks, type ReleaseLink } from "../../access/find-release.ts";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, reaches, reachesEvery } from "../../access/project-reach.ts";
import { unknownProject } from "../../access/unknown-names.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { COMMIT_LIMITS } from "../../kernel/limits.ts";
import { CommittedFailure, mutation } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../../records/save-commits-in-batches.ts";
import { findProjectsByReference, type ProjectReference } from "../../records/projects.ts";
import { changeRelease, ensureRelease, linkProjects, lockRelease, recordFinalized, releaseTexts } from "../../records/releases.ts";
import { applyCommits, headCommitsOf } from "./apply-commits.ts";
import { describeRelease } from "./describe.ts";

/**
 * Creates a release, or adds to the release of this version (contract 3).
 *
 * @throws `invalid` per field, for projects out of reach, and for unknown repositories in `refs` (the steps before are then kept)
 * @throws `conflict` while the commits of the release are being written
 */
export const createRelease = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  limits: COMMIT_LIMITS,
  input: CreateReleaseInput,
  writeFirst: {
    isNeeded: exceedsOneTransaction,
    async write(on, input) {
      const { access } = on.at;
      // Fails as `run` would, before anything is stored.
      await findReportTargets(on.db, access, input);
      return saveCommitsInBatches(on, access, input);
    },
  },
  run: async (on, input) => {
    const { access } = on.at;
    return reportRelease({ ...on, access }, input, await findReportTargets(on.tx, access, input));
  },
});

async function findReportTargets(
  db: Reader,
  access: Access,
  { owner, projects }: Pick<CreateReleaseInput, "owner" | "projects">,
): Promise<ReportTargets> {
  const ownerId = await findOwner(db, access.organization.id, owner);
  return { ownerId, projects: await findAllowedProjects(db, access, projects) };
}

async function findAllowedProjects(db: Reader, access: Access, references: readonly ProjectReference[]): Promise<ProjectRow[]> {
  const found = await findProjectsByReference(db, access.organization.id, references);
  const reach = await reachableProjects(db, access);
  const projects: ProjectRow[] = [];
  for (const [index, project] of found.entries()) {
    if (!project || !reaches(reach, project.id))
      throw invalidField("projects", "Invalid project ids or slugs", await unknownProject(db, access, String(references[index])));
    projects.push(project);
  }
  return projects;
}

/** Creates a release of one project (contract 5.2). The result is `created` unless the project was already linked to the version. */
export const createProjectRelease = mutation({
  scope: REL_WRITE,
  at: atProject,
  limits: COMMIT_LIMITS,
  input: CreateProjectReleaseInput,
  writeFirst: {
    isNeeded: exceedsOneTransaction,
    async write(on, input) {
      const { access, project } = on.at;
      // Fails as `run` would, before anything is stored.
      await findOwner(on.db, project.organizationId, input.owner);
      return saveCommitsInBatches(on, access, input);
    },
  },
  run: async (on, input) => {
    const { access, project } = on.at;
    const ownerId = await findOwner(on.tx, access.organization.id, input.owner);
    return reportRelease({ ...on, access }, input, { projects: [project], ownerId });
  },
});

/** The release, and whether the version is new or a project was linked to it (201), else 208 (contract 3.2, step 10). */
export type ReportedRelease = { readonly release: ReleaseView; readonly created: boolean };

type ReportContext = MutationContext & { readonly access: Access };

/** The maximum length of the User-Agent that is stored with a release. */
const MAX_USER_AGENT_LENGTH = 256;

/** The references of a report, resolved and checked: projects within the caller's reach, and the id of the owner. */
type ReportTargets = { readonly projects: readonly ProjectRow[]; readonly ownerId: number | null };

type Report = Omit<CreateReleaseInput, "projects" | "owner">;

/** Creates a release or adds to the release of this version (contract 3.2, steps 3–11; 3.6). */
async function reportRelease(
  on: ReportContext,
  input: Report,
  { projects, ownerId }: ReportTargets,
): Promise<ReportedRelease | CommittedFailure> {
  const { tx, access } = on;
  const organizationId = access.organization.id;
  const found = await ensureReportedRelease(on, input, ownerId);
  const links = found.created ? [] : await findLinks(tx, found.release.id);
  let { release } = found;
  if (!found.created) {
    await assertCanLink(tx, access, links);
    const isArchived = input.status === undefined ? release.isArchived : input.status === "archived";
    const hasNewProject = projects.some(({ id }) => links.every((link) => link.projectId !== id));
    if (hasNewProject || isArchived !== release.isArchived || input.commits?.length || headCommitsOf(input).length > 0)
      release = await lockReleaseOrThrow(tx, release);
    if (isArchived !== release.isArchived) {
      ({ release } = await changeRelease(tx, release, { isArchived }));
      await recordAudit(on, { organizationId, action: "release.update", target: release.version, details: { isArchived } });
    }
  }
  const [firstProject] = projects;
  if (firstProject) tx.afterCommit(() => on.context.onProjectUse?.(firstProject.id));
  const added = await linkProjects(
    tx,
    release,
    projects.map((project) => project.id),
  );
  await recordFinalized(tx, release, added);
  const created = found.created || added.length > 0;
  if (created) {
    const action = found.created ? "release.create" : "release.link";
    await recordAudit(on, { organizationId, action, target: release.version, details: { projects: projects.map(({ slug }) => slug) } });
  }
  const updated = await applyCommits(on, access, release, input);
  if (updated instanceof CommittedFailure) return updated;
  return { release: await describeRelease(tx, updated, { access, links: created ? undefined : links }), created };
}

function ensureReportedRelease({ tx, access, now, context }: ReportContext, input: Report, ownerId: number | null) {
  return ensureRelease(
    tx,
    {
      organizationId: access.organization.id,
      version: input.version,
      ...releaseTexts(input),
      ownerId,
      dateReleased: input.dateReleased ?? null,
      isArchived: input.status === "archived",
      userAgent: context.userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? "",
    },
    now,
  );
}

/**
 * Throws `invalid` if the release has projects out of the caller's reach. For users, the message of the wire lists the projects (contract 3.2,
 * step 4).
 */
async function assertCanLink(tx: Tx, access: Access, links: readonly ReleaseLink[]): Promise<void> {
  if (access.reachesAllProjects) return;
  const reach = await reachableProjects(tx, access);
  if (reachesEvery(reach, links)) return;
  const path = ["projects"];
  const message = "You do not have permission to one of the projects";
  const restError = invalidField("projects", `${message}: ${links.map(({ slug }) => slug).join(", ")}`);
  throw new AppError("invalid", message, { issues: [{ path, message }], restError: access.userId === null ? undefined : restError });
}

/** Locks a release. Throws `conflict` if it was deleted after it was read (contract 1.20). */
async function lockReleaseOrThrow(tx: Tx, release: ReleaseRow): Promise<ReleaseRow> {
  const locked = await lockRelease(tx, release);
  if (!locked) throw new AppError("conflict", "Could not create the release it conflicts with existing data");
  return locked;
}

/**
 * Returns the id of the member that `owner` identifies by username, email, or id (contract 3.1); null for undefined or "".
 *
 * @throws `invalid` at `owner` if there is no such user, or the user is not a member of the organization
 */
export async function findOwner(db: Reader, organizationId: number, owner: string | number | null | undefined): Promise<number | null> {
  if (owner === undefined || owner === "") return null;
  const { users, userEmails, members } = db.tables;
  const name = String(owner ?? "");
  const hasId = /^\d{1,9}$/.test(name) ? eq(users.id, Number(name)) : undefined;
  const [found] = await db
    .select({ id: users.id, member: members.userId })
    .from(users)
    .leftJoin(userEmails, eq(userEmails.userId, users.id))
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, organizationId)))
    .where(and(eq(users.isActive, true), or(eq(users.username, name), eq(userEmails.email, name.toLowerCase()), hasId)))
    // A username can be digits that are the id of another user.
    .orderBy(sql`case when ${users.username} = ${name} then 0 else 1 end`, asc(users.id))
    .limit(1);
  const { code, message, issues } = invalidField("owner", "Unable to find user");
  if (owner === null || !found) throw new AppError(code, message, { issues });
  // The wire has another message for a user of another organization.
  const restError = invalidField("owner", "User does not have access to this organization");
  if (found.member === null) throw new AppError(code, message, { issues, restError });
  return found.id;
}
