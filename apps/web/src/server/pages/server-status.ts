import type { Reader } from "@landfall/db/store";
import { asc, sql } from "drizzle-orm";
import { VERSION } from "#server/lifecycle/version.ts";

/** Totals of the server. */
export type ServerStatus = {
  readonly organizations: number;
  readonly projects: number;
  readonly releases: number;
  /** The slugs of the oldest organization and the oldest project; null if there are none. */
  readonly organization: string | null;
  readonly project: string | null;
};

/** Counting takes at most 1/100 of the time. */
const SHARE = 100;

/**
 * Returns a function that reads the server's status. Counting a million releases takes a while, so a result is cached for a hundred times
 * as long as it took to read.
 */
export function createStatusReader(db: Reader, now: () => number = () => performance.now()): () => Promise<ServerStatus> {
  let cached: { readonly status: Promise<ServerStatus>; until: number } | undefined;
  return () => {
    const started = now();
    if (cached && started < cached.until) return cached.status;
    const next = { status: readStatus(db), until: Number.POSITIVE_INFINITY };
    cached = next;
    next.status.then(
      () => (next.until = now() + (now() - started) * SHARE),
      () => (next.until = 0),
    );
    return next.status;
  };
}

async function readStatus(db: Reader): Promise<ServerStatus> {
  const { organizations, projects, releases } = db.tables;
  const [organization] = await db.select({ slug: organizations.slug }).from(organizations).orderBy(asc(organizations.id)).limit(1);
  const [project] = await db.select({ slug: projects.slug }).from(projects).orderBy(asc(projects.id)).limit(1);
  return {
    organizations: await db.$count(organizations),
    projects: await db.$count(projects),
    releases: await db.$count(releases),
    organization: organization?.slug ?? null,
    project: project?.slug ?? null,
  };
}

/** Facts about the running process. */
export type ServerProcess = { readonly startedAt: Date; readonly dataDir: string };

/** Facts about the server for its operators. */
export type ServerFacts = {
  readonly version: string;
  readonly startedAt: Date;
  /** `bytes`: the size of the database without its write-ahead log; null while there is no organization. */
  readonly database: { readonly kind: "sqlite" | "postgres"; readonly bytes: number | null };
  /** The path of the data directory; to be shown only to owners. */
  readonly dataDir: string;
};

/** Reads the facts in one statement. */
export async function readServerFacts(db: Reader, { startedAt, dataDir }: ServerProcess): Promise<ServerFacts> {
  const bytes = BYTES[db.dialect].mapWith(Number);
  const [row] = await db.select({ bytes }).from(db.tables.organizations).limit(1);
  return { version: VERSION, startedAt, database: { kind: db.dialect, bytes: row?.bytes ?? null }, dataDir };
}

const BYTES = {
  sqlite: sql<number>`(select page_count * page_size from pragma_page_count(), pragma_page_size())`,
  postgres: sql<number>`pg_database_size(current_database())`,
};
