import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import { ORG_READ } from "@landfall/schema/scope";
import type { OverviewView } from "@landfall/schema/views/overview";
import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";

const MAX_TOKENS = 10;
/** No row has this id. */
const NO_ID = 0;

/**
 * Tokens that stop working between two moments, the first to do so first, ten at most: the caller's own, and the organization's where
 * the caller may list those. One query.
 */
export async function findExpiringTokens(
  db: Reader,
  { organization, scopes, userId }: Access,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<OverviewView["attention"]["expiringTokens"]> {
  const organizationId = ORG_READ.some((scope) => scopes.has(scope)) ? organization.id : NO_ID;
  const rows = await selectExpiring(db, { organizationId, userId: userId ?? NO_ID, from, to });
  return rows.flatMap(({ id, kind, name, dateExpires }) =>
    dateExpires === null
      ? []
      : [
          {
            id: String(id),
            kind: kind === "user" ? ("user" as const) : ("organization" as const),
            name,
            dateExpires: instant(dateExpires),
          },
        ],
  );
}

const selectExpiring = prepared((db: Reader) => {
  const { tokens } = db.tables;
  const at = (name: string) => sql.param(sql.placeholder(name), tokens.dateExpires);
  return db
    .select({ id: tokens.id, kind: tokens.kind, name: tokens.name, dateExpires: tokens.dateExpires })
    .from(tokens)
    .where(
      and(
        or(eq(tokens.organizationId, sql.placeholder("organizationId")), eq(tokens.userId, sql.placeholder("userId"))),
        isNull(tokens.dateRevoked),
        gt(tokens.dateExpires, at("from")),
        lte(tokens.dateExpires, at("to")),
      ),
    )
    .orderBy(asc(tokens.dateExpires), asc(tokens.id))
    .limit(MAX_TOKENS)
    .prepare();
});
