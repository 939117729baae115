import type { EnvironmentRow } from "@landfall/db/tables/schema";
import { SetEnvironmentOrderInput } from "@landfall/schema/organizations/projects";
import { and, eq, inArray, lt, or, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { compareEnvironments, defaultPosition, FIRST_DEFAULT } from "../../records/environments/environment-order.ts";
import { findEnvironments } from "../../records/environments/environments.ts";

/**
 * Sets the order of environments that the board, lists, and clients use: the given ones first, then all others in their default order,
 * production first. Without names, all have their default order again. Returns the names that were ordered.
 *
 * @throws `invalid` if a name is unknown or used only by projects out of reach.
 */
export const setEnvironmentOrder = mutation({
  scope: ORGANIZATION_WRITE,
  at: atOrganization,
  input: SetEnvironmentOrderInput,
  run: async (on, input): Promise<{ environments: string[] }> => {
    const { tx, at } = on;
    const organizationId = at.access.organization.id;
    const names = [...new Set(input.environments)];
    if (!(await findEnvironments(tx, organizationId, names, () => reachableProjects(tx, at.access)))) {
      throw invalidField("environments", "One of the environments does not exist. `environments list` shows all.");
    }
    const { environments } = tx.tables;
    const isOrdered = lt(environments.position, FIRST_DEFAULT);
    const isNamed = names.length > 0 ? inArray(environments.name, names) : undefined;
    const rows = await tx
      .select()
      .from(environments)
      .where(and(eq(environments.organizationId, organizationId), or(isOrdered, isNamed)));
    const positions = new Map(names.map((name, index) => [name, index]));
    const changed = rows.flatMap(({ id, name, position }) => {
      const next = positions.get(name) ?? defaultPosition(name);
      return next === position ? [] : { id, position: next };
    });
    if (changed.length > 0) {
      const cases = changed.map(({ id, position }) => sql`when ${id} then cast(${position} as integer)`);
      await tx
        .update(environments)
        .set({ position: sql`case ${environments.id} ${sql.join(cases, sql` `)} else ${environments.position} end` })
        .where(
          inArray(
            environments.id,
            changed.map(({ id }) => id),
          ),
        );
      await recordAudit(on, {
        organizationId,
        action: "environment.order",
        target: names.length > 0 ? names.join(", ") : "default order",
        details: { before: { order: orderOf(rows) }, after: { order: names } },
      });
    }
    return { environments: names };
  },
});

/** The names of the environments that the organization ordered. */
const orderOf = (rows: readonly EnvironmentRow[]): string[] =>
  rows
    .filter(({ position }) => position < FIRST_DEFAULT)
    .toSorted(compareEnvironments)
    .map(({ name }) => name);
