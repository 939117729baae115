import { equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";

/** Finds a release of the organization by its exact version. */
export async function findRelease(db: Reader, organizationId: number, version: string): Promise<ReleaseRow | undefined> {
  const [row] = await selectRelease(db, { organizationId, version });
  return row;
}

/** The link between a release and a project. */
export type ReleaseLink = {
  /** Newer links have larger ids. */
  readonly linkId: number;
  readonly releaseId: number;
  readonly projectId: number;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
  readonly newGroups: number;
};

/** The projects of one release, in the order they were linked. */
export const findLinks = async (db: Reader, releaseId: number): Promise<ReleaseLink[]> => inLinkOrder(await selectLinks(db, { releaseId }));

/** Sorts links by their creation. A release has few, and sorting them in the database costs more than reading them. */
export const inLinkOrder = (links: readonly ReleaseLink[]): ReleaseLink[] => links.toSorted((a, b) => a.linkId - b.linkId);

const selectRelease = prepared((db: Reader, param: { organizationId: number; version: string }) => {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, param.organizationId), eq(releases.version, param.version)))
    .prepare();
});

/** The columns of a link. */
export const linkColumns = ({ tables: { projects, releaseProjects } }: Reader) => ({
  releaseId: releaseProjects.releaseId,
  projectId: projects.id,
  slug: projects.slug,
  name: projects.name,
  platform: projects.platform,
  newGroups: releaseProjects.newGroups,
  linkId: releaseProjects.id,
});

const selectLinks = prepared((db: Reader, param: { releaseId: number }) => {
  const { projects, releaseProjects } = db.tables;
  return db
    .select(linkColumns(db))
    .from(releaseProjects)
    .innerJoin(projects, eq(projects.id, releaseProjects.projectId))
    .where(equalTo(releaseProjects.releaseId, param.releaseId))
    .prepare();
});
