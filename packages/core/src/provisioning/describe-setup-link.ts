import type { Reader } from "@landfall/db/store";
import { asc, eq } from "drizzle-orm";
import { hashToken } from "../tokens/hash-token.ts";
import { isUnused } from "./is-unused.ts";

/** What a setup link is good for; nothing else is told of an unknown one. */
export type SetupLinkFacts = {
  readonly state: "unused" | "used" | "unknown";
  readonly organization: { readonly slug: string; readonly name: string } | null;
  /** The slug of the organization's first project. */
  readonly project: string | null;
  /** Whether the newcomer may still name the organization and its project. */
  readonly mayName: boolean;
};

const UNKNOWN: SetupLinkFacts = { state: "unknown", organization: null, project: null, mayName: false };

/** Whether a setup link still works, and for which organization. */
export async function describeSetupLink(db: Reader, link: string): Promise<SetupLinkFacts> {
  const { organizations, projects, setupLinks } = db.tables;
  const [found] = await db
    .select({ id: organizations.id, slug: organizations.slug, name: organizations.name, dateUsed: setupLinks.dateUsed })
    .from(setupLinks)
    .innerJoin(organizations, eq(organizations.id, setupLinks.organizationId))
    .where(eq(setupLinks.tokenHash, hashToken(link)));
  if (!found) return UNKNOWN;
  const { id, slug, name, dateUsed } = found;
  const first = db.select({ slug: projects.slug }).from(projects).where(eq(projects.organizationId, id)).orderBy(asc(projects.id)).limit(1);
  const [project] = await first;
  const state = dateUsed === null ? "unused" : "used";
  return { state, organization: { slug, name }, project: project?.slug ?? null, mayName: state === "unused" && (await isUnused(db, id)) };
}
