import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import { asc, eq } from "drizzle-orm";
import { hasNoReleases } from "./is-unused.ts";
import { findSetupLink, type SetupLinkState } from "./setup-links.ts";

/** What a setup link can be used for. Nothing but its state is known of an unknown one. */
export type SetupLinkDetails = {
  readonly state: SetupLinkState | "unknown";
  readonly organization: { readonly slug: string; readonly name: string } | null;
  /** The slug of the organization's first project. */
  readonly project: string | null;
  /** Whether the link may still name the organization and its project. */
  readonly mayName: boolean;
  /** When it stops working. */
  readonly dateExpires: string | null;
};

const UNKNOWN_LINK: SetupLinkDetails = { state: "unknown", organization: null, project: null, mayName: false, dateExpires: null };

/** Returns whether a setup link still works at `now`, and for which organization. */
export async function describeSetupLink(db: Reader, secret: string, now: Date): Promise<SetupLinkDetails> {
  const found = await findSetupLink(db, secret, now);
  if (!found) return UNKNOWN_LINK;
  const { state, organization, dateExpires } = found;
  const { id, slug, name } = organization;
  const { projects } = db.tables;
  const first = db.select({ slug: projects.slug }).from(projects).where(eq(projects.organizationId, id)).orderBy(asc(projects.id)).limit(1);
  const [project] = await first;
  const mayName = state === "unused" && (await hasNoReleases(db, id));
  return { state, organization: { slug, name }, project: project?.slug ?? null, mayName, dateExpires: instant(dateExpires) };
}
