import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { DeployRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { DeployView } from "@landfall/schema/views/deploy";
import { eq } from "drizzle-orm";

/** A deploy as the wire shows it (contract 12.4). */
export const describeDeploy = (deploy: DeployRow, environment: string): DeployView => ({
  id: String(deploy.id),
  environment,
  dateStarted: instantOrNull(deploy.dateStarted),
  dateFinished: instant(deploy.dateFinished),
  name: deploy.name,
  url: deploy.url,
});

/** Deploys by id. */
export async function findDeploys(db: Reader, ids: readonly number[]): Promise<Map<number, DeployView>> {
  if (ids.length === 0) return new Map();
  const rows = await selectDeploys(db, { ids: JSON.stringify(ids) });
  return new Map(rows.map(({ deploy, environment }) => [deploy.id, describeDeploy(deploy, environment)]));
}

const selectDeploys = prepared((db: Reader) => {
  const { deploys, environments } = db.tables;
  return db
    .select({ deploy: deploys, environment: environments.name })
    .from(deploys)
    .innerJoin(environments, eq(environments.id, deploys.environmentId))
    .where(anyOf(deploys.id, "ids"))
    .prepare();
});
