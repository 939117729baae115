import type { Context } from "@landfall/core/context";
import { createRelease } from "@landfall/core/releases/create-release";
import type { Store } from "@landfall/db/store";
import { and, eq, inArray } from "drizzle-orm";

/** A commit by who wrote it: "Ada <ada@x.y>", or "<ada@x.y>". */
export type Written = string;

let made = 0;

/** Reports a release of projects with a commit of each of these people, a minute after each other from `date` on; answers their hashes. */
export async function writeRelease(
  context: Context,
  {
    organization = "acme",
    version,
    projects,
    date = "2026-01-01T00:00:00Z",
  }: { organization?: string; version: string; projects: string[]; date?: string },
  written: readonly Written[],
): Promise<string[]> {
  const commits = written.map((who, index) => ({
    id: `${version}-${(made += 1)}`,
    repository: "acme/app",
    message: `Change ${index} of ${version}`,
    ...authorOf(who),
    timestamp: new Date(Date.parse(date) + index * 60_000).toISOString(),
  }));
  await createRelease(context, { organization, version, projects, dateReleased: date, commits: commits.toReversed() });
  return commits.map(({ id }) => id);
}

/** Makes addresses of an organization other ones of `into`, all of which wrote commits before. */
export async function mergeDirectly(store: Store, organizationId: number, into: string, emails: readonly string[]): Promise<void> {
  const { commitAuthors } = store.read.tables;
  const ofOrganization = eq(commitAuthors.organizationId, organizationId);
  const [main] = await store.read
    .select()
    .from(commitAuthors)
    .where(and(ofOrganization, eq(commitAuthors.email, into)));
  if (!main) throw new Error(`nobody wrote as ${into}`);
  await store.transaction((tx) =>
    tx
      .update(commitAuthors)
      .set({ mergedInto: main.id })
      .where(and(ofOrganization, inArray(commitAuthors.email, [...emails]))),
  );
}

function authorOf(who: Written): { author_name?: string; author_email: string } {
  const [, name = "", email = ""] = /^(.*?)\s*<(.*)>$/.exec(who) ?? [];
  return name === "" ? { author_email: email } : { author_name: name, author_email: email };
}
