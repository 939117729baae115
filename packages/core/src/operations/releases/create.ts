import type { Reader, Tx } from "@landfall/db/store";
import type { ProjectRow, ReleaseRow } from "@landfall/db/tables/schema";
import { CreateProjectReleaseInput, CreateReleaseInput } from "@landfall/schema/releases/change-release";
import type { ReleaseView } from "@landfall/schema/releases/releases";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, asc, eq, or, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { findLinks, type ReleaseLink } from "../../access/find-release.ts";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { COMMIT_LIMITS } from "../../kernel/limits.ts";
import { CommittedFailure, mutation } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { exceedsOneTransaction, saveCommitsInBatches } from "../../records/commit-writing/save-commits.ts";
import { findProjectsByReference, type ProjectReference } from "../../records/projects.ts";
import { changeRelease, ensureRelease, linkProjects, lockRelease, recordFinalized } from "../../records/releases.ts";
import { applyCommits, headCommitsOf } from "./apply-commits.ts";
import { describeRelease } from "./describe.ts";

/**
 * Reports a release: makes it, or adds to the one of this version (contract 3). Throws `invalid` per field, for projects out of
 * reach and for unknown repositories in `refs` (what came before is then kept), `conflict` while its commits are being written.
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
      // What `run` would refuse is refused before anything is stored.
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
  return found.map((project) => {
    if (!project || !reaches(reach, project.id)) throw invalidField("projects", "Invalid project ids or slugs");
    return project;
  });
}

/** Reports a release of one project (contract 5.2): news unless this project was linked to the version already. */
export const createProjectRelease = mutation({
  scope: REL_WRITE,
  at: atProject,
  limits: COMMIT_LIMITS,
  input: CreateProjectReleaseInput,
  writeFirst: {
    isNeeded: exceedsOneTransaction,
    async write(on, input) {
      const { access, project } = on.at;
      // What `run` would refuse is refused before anything is stored.
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

/** What was reported, and whether it was news: a new version, or a project newly linked (201); else 208 (contract 3.2, step 10). */
export type ReportedRelease = { readonly release: ReleaseView; readonly created: boolean };

type On = MutationContext & { readonly access: Access };

/** The longest User-Agent kept with a release. */
const USER_AGENT = 256;

/** What a report names, found and checked: projects within the caller's reach, and the owner's id. */
type ReportTargets = { readonly projects: readonly ProjectRow[]; readonly ownerId: number | null };

type Report = Omit<CreateReleaseInput, "projects" | "owner">;

/** Makes a release or adds to the one of this version (contract 3.2, steps 3–11; 3.6). */
async function reportRelease(on: On, input: Report, { projects, ownerId }: ReportTargets): Promise<ReportedRelease | CommittedFailure> {
  const { tx, access } = on;
  const organizationId = access.organization.id;
  const found = await ensureReportedRelease(on, input, ownerId);
  const links = found.created ? [] : await findLinks(tx, found.release.id);
  let { release } = found;
  if (!found.created) {
    await assertCanLink(tx, access, links);
    const isArchived = input.status === undefined ? release.isArchived : input.status === "archived";
    const unlinked = projects.some(({ id }) => links.every((link) => link.projectId !== id));
    if (unlinked || isArchived !== release.isArchived || input.commits?.length || headCommitsOf(input).length > 0)
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
  const reported = await applyCommits(on, access, release, input);
  if (reported instanceof CommittedFailure) return reported;
  return { release: await describeRelease(tx, reported, { access, ...(created ? {} : { links }) }), created };
}

function ensureReportedRelease({ tx, access, now, context }: On, input: Report, ownerId: number | null) {
  return ensureRelease(
    tx,
    {
      organizationId: access.organization.id,
      version: input.version,
      ref: input.ref ?? null,
      url: input.url ?? null,
      ownerId,
      dateReleased: input.dateReleased ?? null,
      isArchived: input.status === "archived",
      userAgent: context.userAgent?.slice(0, USER_AGENT) ?? "",
    },
    now,
  );
}

/**
 * A release with projects out of the caller's reach is not theirs to change, whatever project they bring. The contract names those projects
 * to people (contract 3.2, step 4).
 */
async function assertCanLink(tx: Tx, access: Access, links: readonly ReleaseLink[]): Promise<void> {
  if (access.reachesAllProjects) return;
  const reach = await reachableProjects(tx, access);
  if (links.every((link) => reaches(reach, link.projectId))) return;
  const path = ["projects"];
  const message = "You do not have permission to one of the projects";
  const named = invalidField("projects", `${message}: ${links.map(({ slug }) => slug).join(", ")}`);
  throw new AppError("invalid", message, { issues: [{ path, message }], ...(access.userId === null ? {} : { restError: named }) });
}

/** A release that somebody deletes at this moment is neither there nor gone (contract 1.20). */
async function lockReleaseOrThrow(tx: Tx, release: ReleaseRow): Promise<ReleaseRow> {
  const held = await lockRelease(tx, release);
  if (!held) throw new AppError("conflict", "Could not create the release it conflicts with existing data");
  return held;
}

/**
 * The id of the member a release is to be owned by: a username, an address or an id (contract 3.1); null for none. Throws `invalid`
 * at `owner` when nobody is called so, or when they are not in the organization.
 */
export async function findOwner(db: Reader, organizationId: number, owner: string | number | null | undefined): Promise<number | null> {
  if (owner === undefined || owner === "") return null;
  const { users, userEmails, members } = db.tables;
  const name = String(owner ?? "");
  const id = /^\d{1,9}$/.test(name) ? eq(users.id, Number(name)) : undefined;
  const [found] = await db
    .select({ id: users.id, member: members.userId })
    .from(users)
    .leftJoin(userEmails, eq(userEmails.userId, users.id))
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, organizationId)))
    .where(and(eq(users.isActive, true), or(eq(users.username, name), eq(userEmails.email, name.toLowerCase()), id)))
    // Somebody may be called by digits that are another person's id.
    .orderBy(sql`case when ${users.username} = ${name} then 0 else 1 end`, asc(users.id))
    .limit(1);
  const { code, message, issues } = invalidField("owner", "Unable to find user");
  if (owner === null || !found) throw new AppError(code, message, { issues });
  // Over REST the contract prescribes another text for a person of another organization.
  const restError = invalidField("owner", "User does not have access to this organization");
  if (found.member === null) throw new AppError(code, message, { issues, restError });
  return found.id;
}
