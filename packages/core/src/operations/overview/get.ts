import { DAY } from "@landfall/domain/durations";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import { NoInput } from "@landfall/schema/fields/query";
import type { OverviewView } from "@landfall/schema/releases/overview";
import { ORG_READ, REL_READ } from "@landfall/schema/scope";
import { and, asc, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { deployWithinReach, preparedWithinReach, type ProjectReach, reachableProjects } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import { findDeploysWithRelease, findProjectsOfDeploys, newestDeploys } from "../../records/deploys.ts";
import { countOverview } from "./counts.ts";
import { countByWeek } from "./weeks.ts";
import { findNeverDeployed, findWithoutCommits } from "./attention.ts";
import { type Dismissals, findDismissals, isDismissed } from "./dismissals.ts";
import { findReleases } from "./newest-releases.ts";

const RELEASES_LISTED = 10;

/**
 * Returns the data of the home page for the projects within reach: the last ten deploys, the releases of the last 24 hours, what needs
 * attention, and counts. For each list of releases, the newest 1000 of its period are read. 12 queries, or 13 if not every project is
 * within reach.
 */
export const getOverview = query({
  scope: REL_READ,
  at: atOrganization,
  input: NoInput,
  run: async ({ db, at: { access }, now }): Promise<OverviewView> => {
    const organizationId = access.organization.id;
    const reach = await reachableProjects(db, access);
    const ago = (days: number) => new Date(now.getTime() - days * DAY);
    const dismissals = await findDismissals(db, access, now);
    return {
      deploys: await findLastDeploys(db, organizationId, reach),
      releases: await findReleases(db, { organizationId, reach, from: ago(1), to: now, limit: RELEASES_LISTED }),
      attention: {
        withoutCommits: await findWithoutCommits(db, reach, { organizationId, from: ago(30), to: now }, dismissals),
        neverDeployed: await findNeverDeployed(db, reach, { organizationId, from: ago(90), to: ago(7) }, dismissals),
        expiringTokens: await findExpiringTokens(db, access, { from: now, to: ago(-14) }, dismissals),
      },
      weeks: await countByWeek(db, { organizationId, reach, now }),
      counts: await countOverview(db, { organizationId, reach, since: ago(7) }),
    };
  },
});

/** Deploys that are read if not every project is within reach. */
const MAX_SCANNED = 1000;

const MAX_DEPLOYS = 10;

/** Returns the last finished deploys for projects within reach, of the newest 1000 of the organization. Three queries. */
async function findLastDeploys(db: Reader, organizationId: number, reach: ProjectReach): Promise<OverviewView["deploys"]> {
  const deploys = await selectLast(db, reach, { organizationId });
  const found = await findDeploysWithRelease(
    db,
    deploys.map(({ id }) => id),
  );
  const projects = await findProjectsOfDeploys(db, reach, deploys, { ofFew: true });
  return deploys.flatMap(({ id }) => {
    const deploy = found.get(id);
    return deploy ? { ...deploy.view, version: deploy.release.version, projects: projects.get(id) ?? [] } : [];
  });
}

const selectLast = preparedWithinReach((db, reach, param: { organizationId: number }) => {
  const isOfOrganization = eq(db.tables.deploys.organizationId, param.organizationId);
  const newest = newestDeploys(db, isOfOrganization, reach === "all" ? MAX_DEPLOYS : MAX_SCANNED);
  return db
    .select({ id: newest.id, releaseId: newest.releaseId, environmentId: newest.environmentId })
    .from(newest)
    .where(deployWithinReach(db, newest, reach))
    .orderBy(desc(newest.dateFinished), desc(newest.id))
    .limit(MAX_DEPLOYS)
    .prepare();
});

const MAX_TOKENS = 10;

/** No row has this id. */
const NO_ID = 0;

/**
 * Returns the tokens that expire in a period, first to expire first, ten at most: the caller's personal tokens and, if the caller may list
 * them, the organization's tokens. One query.
 */
async function findExpiringTokens(
  db: Reader,
  { organization, scopes, userId }: Access,
  { from, to }: { readonly from: Date; readonly to: Date },
  dismissals: Dismissals,
): Promise<OverviewView["attention"]["expiringTokens"]> {
  const organizationId = ORG_READ.some((scope) => scopes.has(scope)) ? organization.id : NO_ID;
  const rows = await selectExpiring(db, { organizationId, userId: userId ?? NO_ID, from, to });
  const items = rows.flatMap(({ id, kind, name, dateExpires }) =>
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
  const ids = rows.map(({ id }) => id);
  return { items, ids: ids.map(String), isDismissed: isDismissed(dismissals, { kind: "tokens", ids }) };
}

const selectExpiring = prepared((db: Reader, param: { organizationId: number; userId: number; from: Date; to: Date }) => {
  const { tokens } = db.tables;
  const encoded = (date: Date) => sql.param(date, tokens.dateExpires);
  return db
    .select({ id: tokens.id, kind: tokens.kind, name: tokens.name, dateExpires: tokens.dateExpires })
    .from(tokens)
    .where(
      and(
        or(eq(tokens.organizationId, param.organizationId), eq(tokens.userId, param.userId)),
        isNull(tokens.dateRevoked),
        gt(tokens.dateExpires, encoded(param.from)),
        lte(tokens.dateExpires, encoded(param.to)),
      ),
    )
    .orderBy(asc(tokens.dateExpires), asc(tokens.id))
    .limit(MAX_TOKENS)
    .prepare();
});
