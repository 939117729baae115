import type { ProjectRow, ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { CreateReleaseInput } from "@landfall/schema/inputs/release";
import type { ReleaseView } from "@landfall/schema/views/release";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { AppError, invalidField } from "../app-error.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { CommittedFailure } from "../operation.ts";
import { changeRelease } from "./change-release.ts";
import { describeRelease } from "./describe-releases.ts";
import { ensureRelease } from "./ensure-release.ts";
import { findLinks, type ReleaseLink } from "./find-release.ts";
import { headCommitsOf } from "./heads-of.ts";
import { lockRelease } from "./hold-release.ts";
import { linkProjects } from "./link-projects.ts";
import { recordFinalized } from "./record-finalized.ts";
import { applyCommits } from "./take-commits.ts";

/** What was reported, and whether it was news: a new version, or a project newly linked (201); else 208 (contract 3.2, step 10). */
export type ReportedRelease = { readonly release: ReleaseView; readonly created: boolean };

type On = MutationContext & { readonly access: Access };

/** The longest User-Agent kept with a release. */
const USER_AGENT = 256;

/** What a report names, found and checked: projects within the caller's reach, and the owner's id. */
export type ReportTargets = { readonly projects: readonly ProjectRow[]; readonly ownerId: number | null };

type Report = Omit<CreateReleaseInput, "projects" | "owner">;

/** Makes a release or adds to the one of this version (contract 3.2, steps 3–11; 3.6). */
export async function reportRelease(on: On, input: Report, { projects, ownerId }: ReportTargets): Promise<ReportedRelease | CommittedFailure> {
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
  throw new AppError("invalid", message, { issues: [{ path, message }], ...(access.userId === null ? {} : { onWire: named }) });
}

/** A release that somebody deletes at this moment is neither there nor gone (contract 1.20). */
async function lockReleaseOrThrow(tx: Tx, release: ReleaseRow): Promise<ReleaseRow> {
  const held = await lockRelease(tx, release);
  if (!held) throw new AppError("conflict", "Could not create the release it conflicts with existing data");
  return held;
}
