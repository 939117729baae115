import { defaultPosition } from "@landfall/core/records/environments/environment-order";
import { chunked } from "@landfall/db/sql/insert-rows";
import type { Store, Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";

type ReleaseRow = {
  readonly version: string;
  readonly date: Date;
  readonly projectIds: readonly number[];
  readonly commitCount?: number;
};

type DeployRow = {
  readonly releaseId: number;
  readonly environmentId: number;
  readonly projectIds: readonly number[];
  readonly started?: Date;
  readonly finished: Date;
};

/** Inserts thousands of releases and deploys, which would take minutes through operations. Ids are returned in the order of the input. */
export interface DeployRows {
  projects(slugs: readonly string[]): Promise<number[]>;
  releases(releases: readonly ReleaseRow[]): Promise<number[]>;
  environments(names: readonly string[]): Promise<number[]>;
  /** Later deploys of the list get later ids. */
  deploys(deploys: readonly DeployRow[]): Promise<number[]>;
}

const CREATED = new Date("2020-01-01T00:00:00Z");

/** Inserts into one organization. */
export function deployRows(store: Store, organizationId: number): DeployRows {
  const t = store.read.tables;

  async function inserted<Row extends object>(
    rows: readonly Row[],
    insert: (tx: Tx, part: Row[]) => PromiseLike<readonly { id: number }[]>,
  ): Promise<number[]> {
    const ids: number[] = [];
    await store.transaction(async (tx) => {
      for (const part of chunked(rows, 40)) ids.push(...(await insert(tx, part)).map(({ id }) => id));
    });
    return ids.toSorted((a, b) => a - b);
  }

  return {
    projects: (slugs) => {
      const rows = slugs.map((slug) => ({ organizationId, slug, name: slug, dateCreated: CREATED }));
      return inserted(rows, (tx, part) => tx.insert(t.projects).values(part).returning({ id: t.projects.id }));
    },

    environments: (names) => {
      const rows = names.map((name) => ({ organizationId, name, position: defaultPosition(name), dateCreated: CREATED }));
      return inserted(rows, (tx, part) => tx.insert(t.environments).values(part).returning({ id: t.environments.id }));
    },

    async releases(releases) {
      const rows = releases.map(({ version, date, commitCount = 0 }) => {
        const dates = { dateCreated: date, dateReleased: date, dateEffective: date };
        return { organizationId, version, authorIds: [], commitCount, ...dates };
      });
      const ids = await inserted(rows, (tx, part) => tx.insert(t.releases).values(part).returning({ id: t.releases.id }));
      const links = releases.flatMap(({ projectIds, date }, index) =>
        projectIds.map((projectId) => ({ releaseId: ids[index] ?? 0, projectId, dateCreated: date, dateEffective: date })),
      );
      await inserted(links, (tx, part) => tx.insert(t.releaseProjects).values(part).returning({ id: t.releaseProjects.id }));
      return ids;
    },

    async deploys(deploys) {
      const rows = deploys.map(({ releaseId, environmentId, started, finished }) => {
        const dates = { dateStarted: started ?? null, dateFinished: finished, dateCreated: finished };
        return { organizationId, releaseId, environmentId, ...dates };
      });
      const ids = await inserted(rows, (tx, part) => tx.insert(t.deploys).values(part).returning({ id: t.deploys.id }));
      await store.transaction((tx) => updatePointers(tx, deploys, ids));
      return ids;
    },
  };
}

/** Updates the latest deploys of places, and the environments of projects. */
async function updatePointers(tx: Tx, deploys: readonly DeployRow[], ids: readonly number[]): Promise<void> {
  const { releaseEnvironments: last, environmentProjects } = tx.tables;
  const pointers = deploys.flatMap(({ releaseId, environmentId, projectIds, finished }, index) =>
    projectIds.map((projectId) => {
      const seen = { firstSeen: finished, lastSeen: finished };
      return { releaseId, projectId, environmentId, lastDeployId: ids[index] ?? 0, ...seen };
    }),
  );
  const newest = new Map(pointers.map((row) => [`${row.releaseId}:${row.projectId}:${row.environmentId}`, row]));
  for (const part of chunked([...newest.values()])) {
    await tx
      .insert(last)
      .values(part)
      .onConflictDoUpdate({
        target: [last.releaseId, last.projectId, last.environmentId],
        set: { lastDeployId: sql`excluded.last_deploy_id` },
      });
  }
  const links = new Map(pointers.map(({ projectId, environmentId }) => [`${projectId}:${environmentId}`, { projectId, environmentId }]));
  for (const part of chunked([...links.values()])) await tx.insert(environmentProjects).values(part).onConflictDoNothing();
}
