import type { Reader } from "@landfall/db/store";
import { asc, sql } from "drizzle-orm";
import { VERSION } from "#server/lifecycle/version.ts";

/** What the first page tells about the server. */
export type ServerStatus = {
  readonly organizations: number;
  readonly projects: number;
  readonly releases: number;
  /** The slugs of the oldest organization and its oldest project, for the example; null when there is none. */
  readonly organization: string | null;
  readonly project: string | null;
};

/** Counting takes at most one part in this many of the time. */
const SHARE = 100;

/**
 * Answers the server's status. Anybody may ask for it, and counting a million releases takes a while, so an answer is given again for
 * a hundred times as long as it took to find.
 */
export function createStatusReader(db: Reader, now: () => number = () => performance.now()): () => Promise<ServerStatus> {
  let known: { readonly status: Promise<ServerStatus>; until: number } | undefined;
  return () => {
    const started = now();
    if (known && started < known.until) return known.status;
    const fresh = { status: readStatus(db), until: Number.POSITIVE_INFINITY };
    known = fresh;
    fresh.status.then(
      () => (fresh.until = now() + (now() - started) * SHARE),
      () => (fresh.until = 0),
    );
    return fresh.status;
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

/** What a running process knows of itself. */
export type ServerProcess = { readonly startedAt: Date; readonly dataDir: string };

/** What those who look after a server want to know of it. */
export type ServerFacts = {
  readonly version: string;
  readonly startedAt: Date;
  /** `bytes`: all the database takes, but for what was not yet written back into it; null while it has no organization. */
  readonly database: { readonly kind: "sqlite" | "postgres"; readonly bytes: number | null };
  /** Where the data directory is, as a path of the server: not for everybody's eyes. */
  readonly dataDir: string;
};

/** Reads the facts; one statement. */
export async function readServerFacts(db: Reader, { startedAt, dataDir }: ServerProcess): Promise<ServerFacts> {
  const bytes = BYTES[db.dialect].mapWith(Number);
  const [row] = await db.select({ bytes }).from(db.tables.organizations).limit(1);
  return { version: VERSION, startedAt, database: { kind: db.dialect, bytes: row?.bytes ?? null }, dataDir };
}

const BYTES = {
  sqlite: sql<number>`(select page_count * page_size from pragma_page_count(), pragma_page_size())`,
  postgres: sql<number>`pg_database_size(current_database())`,
};
