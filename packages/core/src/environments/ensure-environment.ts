import type { EnvironmentRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { findEnvironment } from "./find-environments.ts";

/** The environment of this name, made when it is new, and linked to the projects (contract 7.1). */
export async function ensureEnvironment(
  tx: Tx,
  organizationId: number,
  name: string,
  projectIds: readonly number[],
  now: Date,
): Promise<EnvironmentRow> {
  const environment = (await findEnvironment(tx, organizationId, name)) ?? (await createEnvironment(tx, organizationId, name, now));
  if (projectIds.length > 0) {
    // Writers of the same rows take them in one order: none waits for another that waits for it.
    const links = projectIds.toSorted((one, other) => one - other).map((projectId) => ({ environmentId: environment.id, projectId }));
    await tx.insert(tx.tables.environmentProjects).values(links).onConflictDoNothing();
  }
  return environment;
}

async function createEnvironment(tx: Tx, organizationId: number, name: string, now: Date): Promise<EnvironmentRow> {
  const [made] = await tx
    .insert(tx.tables.environments)
    .values({ organizationId, name, dateCreated: now })
    .onConflictDoNothing()
    .returning();
  const row = made ?? (await findEnvironment(tx, organizationId, name));
  if (!row) throw new Error("an environment was not stored");
  return row;
}
