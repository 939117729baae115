import type { ProjectRow, ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { CreateReleaseInput } from "@landfall/schema/inputs/release";
import { REL_WRITE } from "@landfall/schema/scope";
import type { ReleaseView } from "@landfall/schema/views/release";
import { atOrganization } from "../access/at-organization.ts";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { setCommits } from "../commits/set-commits.ts";
import { setRefs, unknownRepositories } from "../commits/set-refs.ts";
import { KeptFailure, mutation } from "../operation.ts";
import { findNamedProjects, type ProjectReference } from "../projects/find-named-projects.ts";
import { changeRelease } from "./change-release.ts";
import { describeRelease } from "./describe-releases.ts";
import { ensureRelease } from "./ensure-release.ts";
import { findLinks } from "./find-release.ts";
import { findOwner } from "./find-owner.ts";
import { linkProjects } from "./link-projects.ts";
import { recordFinalized } from "./record-finalized.ts";
import { headsOf } from "./heads-of.ts";

/** The longest User-Agent kept with a release. */
const USER_AGENT = 256;

/** What was reported, and whether it was news: a new version, or a project newly linked (201); else 208 (contract 3.2, step 10). */
export type ReportedRelease = { readonly release: ReleaseView; readonly created: boolean };

/**
 * Reports a release: makes it, or adds to the one of this version (contract 3). Throws `invalid` per field, for projects out of
 * reach and for unknown repositories in `refs` (what came before is then kept), `conflict` while its commits are being written.
 */
export const createRelease = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  input: CreateReleaseInput,
  run: async (on, input): Promise<ReportedRelease | KeptFailure> => {
    const { tx, at, now, context } = on;
    const { organization } = at.access;
    const named = await allowedProjects(tx, at.access, input.projects);
    const ownerId = await findOwner(tx, organization.id, input.owner);
    const { release: found, created } = await ensureRelease(
      tx,
      {
        organizationId: organization.id,
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
    let release = found;
    if (!created) {
      await mayJoin(tx, at.access, release);
      if (input.status !== undefined) release = await setArchived(tx, release, input.status === "archived");
    }
    const added = await linkProjects(tx, release, named.map((project) => project.id));
    await recordFinalized(tx, release, added);
    if (created || added.length > 0) {
      await recordAudit(on, {
        organizationId: organization.id,
        action: created ? "release.create" : "release.link",
        target: release.version,
        details: { projects: named.map((project) => project.slug) },
      });
    }
    if (input.commits?.length) release = await setCommits(tx, release, input.commits, now);
    const refs = headsOf(input);
    if (refs.length > 0) {
      const refusal = await unknownRepositories(tx, organization.id, refs);
      if (refusal) return new KeptFailure(refusal);
      await setRefs(tx, release, refs, now);
    }
    return { release: await describeRelease(tx, release, { organizationId: organization.id }), created: created || added.length > 0 };
  },
});

async function allowedProjects(tx: Tx, access: Access, references: readonly ProjectReference[]): Promise<ProjectRow[]> {
  const found = await findNamedProjects(tx, access.organization.id, references);
  const reach = await reachableProjects(tx, access);
  return found.map((project) => {
    if (!project || !reaches(reach, project.id)) throw invalidField("projects", "Invalid project ids or slugs");
    return project;
  });
}

/** A release with projects out of the caller's reach is not theirs to change, whatever project they bring (contract 3.2, step 4). */
async function mayJoin(tx: Tx, access: Access, release: ReleaseRow): Promise<void> {
  if (access.reachesAllProjects) return;
  const links = await findLinks(tx, release.id);
  const reach = await reachableProjects(tx, access);
  if (links.every((link) => reaches(reach, link.projectId))) return;
  const slugs = links.map((link) => link.slug).join(", ");
  throw invalidField("projects", `You do not have permission to one of the projects: ${slugs}`);
}

const setArchived = (tx: Tx, release: ReleaseRow, isArchived: boolean): Promise<ReleaseRow> =>
  changeRelease(tx, release, release.isArchived === isArchived ? {} : { isArchived });
