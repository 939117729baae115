import { prepared } from "@landfall/db/prepared";
import type { OrganizationRow, ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { eq, sql } from "drizzle-orm";
import { forbidden, notFound } from "../app-error.ts";
import { readId } from "../read-id.ts";
import { verifyReleaseSignature } from "./release-signature.ts";

/**
 * The project a signed release webhook reports to, and its organization (contract 10.6). The signature stands in for a token. Throws
 * `not_found` for an unknown project, `forbidden` for a signature that is not its own.
 */
export async function openReleaseHook(
  db: Reader,
  { project: id, signature }: { readonly project: string; readonly signature: string },
): Promise<{ organization: OrganizationRow; project: ProjectRow }> {
  const [found] = await selectProject(db, { id: readId(id) });
  if (!found) throw notFound();
  if (!verifyReleaseSignature(found.project.releaseToken, found.project.id, signature)) throw forbidden();
  return found;
}

const selectProject = prepared((db: Reader) => {
  const { organizations, projects } = db.tables;
  return db
    .select({ project: projects, organization: organizations })
    .from(projects)
    .innerJoin(organizations, eq(organizations.id, projects.organizationId))
    .where(eq(projects.id, sql.placeholder("id")))
    .prepare();
});
