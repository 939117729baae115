import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, asc, eq, sql } from "drizzle-orm";

/** The organization's release of exactly this version. */
export async function findRelease(db: Reader, organizationId: number, version: string): Promise<ReleaseRow | undefined> {
  const [row] = await selectRelease(db, { organizationId, version });
  return row;
}

/** A project as linked to a release. */
export type ReleaseLink = {
  readonly releaseId: number;
  readonly projectId: number;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
  readonly newGroups: number;
};

/** The projects of one release, in the order they were linked. */
export const findLinks = (db: Reader, releaseId: number): Promise<ReleaseLink[]> => selectLinks(db, { releaseId });

const selectRelease = prepared((db: Reader) => {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, sql.placeholder("organizationId")), eq(releases.version, sql.placeholder("version"))))
    .prepare();
});

/** The columns of a link; used wherever links are read. */
export const linkColumns = ({ tables: { projects, releaseProjects } }: Reader) => ({
  releaseId: releaseProjects.releaseId,
  projectId: projects.id,
  slug: projects.slug,
  name: projects.name,
  platform: projects.platform,
  newGroups: releaseProjects.newGroups,
});

const selectLinks = prepared((db: Reader) => {
  const { projects, releaseProjects } = db.tables;
  return db
    .select(linkColumns(db))
    .from(releaseProjects)
    .innerJoin(projects, eq(projects.id, releaseProjects.projectId))
    .where(eq(releaseProjects.releaseId, sql.placeholder("releaseId")))
    .orderBy(asc(releaseProjects.id))
    .prepare();
});
