import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { AppError } from "../app-error.ts";

/** How many missing versions a message names. */
const NAMED_IN_MESSAGE = 5;

/**
 * The releases of these versions, each once and in the order named, all of whose projects the caller reaches (contract 4.2). Throws 404
 * with an issue at `versions` for each that is unknown, has no project, or has one out of reach: which of these is not told.
 */
export async function findFullyReachableReleases(db: Reader, access: Access, versions: readonly string[]): Promise<ReleaseRow[]> {
  const rows = await selectReleases(db, { organizationId: access.organization.id, versions: JSON.stringify(versions) });
  const links = Map.groupBy(await selectLinks(db, { releaseIds: JSON.stringify(rows.map((row) => row.id)) }), (link) => link.releaseId);
  const reach = await reachableProjects(db, access);
  const whole = rows.filter((row) => links.get(row.id)?.every((link) => reaches(reach, link.projectId)));
  const byVersion = new Map(whole.map((row) => [row.version, row]));
  const missing = versions.flatMap((version, index) => (byVersion.has(version) ? [] : [{ version, index }]));
  if (missing.length > 0) throw notFoundAmong(missing);
  return [...new Set(versions)].flatMap((version) => byVersion.get(version) ?? []);
}

function notFoundAmong(missing: readonly { version: string; index: number }[]): AppError {
  const names = [...new Set(missing.map(({ version }) => version))];
  const more = names.length > NAMED_IN_MESSAGE ? ` and ${names.length - NAMED_IN_MESSAGE} more` : "";
  const message = `No release of this name can be found, or not all of its projects are yours to change: ${names.slice(0, NAMED_IN_MESSAGE).join(", ")}${more}.`;
  const issues = missing.map(({ version, index }) => ({ path: ["versions", index], message: `The release ${version} cannot be found.` }));
  return new AppError("not_found", message, { issues });
}

const selectReleases = prepared((db: Reader) => {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, sql.placeholder("organizationId")), anyOf(releases.version, "versions")))
    .prepare();
});

const selectLinks = prepared((db: Reader) => {
  const { releaseProjects } = db.tables;
  return db
    .select({ releaseId: releaseProjects.releaseId, projectId: releaseProjects.projectId })
    .from(releaseProjects)
    .where(anyOf(releaseProjects.releaseId, "releaseIds"))
    .prepare();
});
