import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { EnvironmentRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";

/** The organization's environments of these names; null when one of them is unknown. */
export async function findEnvironments(db: Reader, organizationId: number, names: readonly string[]): Promise<EnvironmentRow[] | null> {
  const wanted = new Set(names);
  if (wanted.size === 0) return [];
  const rows = await selectByName(db, { organizationId, names: JSON.stringify([...wanted]) });
  return rows.length === wanted.size ? rows : null;
}

/** The environment of this name, if there is one. */
export async function findEnvironment(db: Reader, organizationId: number, name: string): Promise<EnvironmentRow | undefined> {
  const [row] = await selectByName(db, { organizationId, names: JSON.stringify([name]) });
  return row;
}

const selectByName = prepared((db: Reader) => {
  const { environments } = db.tables;
  return db
    .select()
    .from(environments)
    .where(and(eq(environments.organizationId, sql.placeholder("organizationId")), anyOf(environments.name, "names")))
    .prepare();
});
