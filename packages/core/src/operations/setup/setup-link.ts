import type { Reader } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { SetupLinkView } from "@landfall/schema/organizations/setup";
import { and, asc, eq, isNull } from "drizzle-orm";
import { hashToken } from "../../access/token-text.ts";
import { quoted } from "../../access/unknown-names.ts";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { recordAudit } from "../../records/audit.ts";
import { LINK_SECRET_BYTES, linkExpiry, type LinkState, linkState } from "../../records/accounts/one-time-links.ts";

/**
 * Creates a link that makes one new account an owner of the organization. It works once, for 7 days; earlier unused links stop working.
 * Only its sha256 is stored. Not an operation: only the operator can do this. Throws `not_found` for an unknown organization.
 */
export async function createSetupLink(context: Context, { organization: slug }: { readonly organization: string }): Promise<SetupLinkView> {
  const secret = context.randomHex(LINK_SECRET_BYTES);
  const now = context.now();
  const dateExpires = linkExpiry(now);
  await context.store.transaction(async (tx) => {
    const { organizations, setupLinks } = tx.tables;
    const [organization] = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.slug, slug));
    if (!organization) throw notFound(`No organization ${quoted(slug)}.`);
    const organizationId = organization.id;
    await tx
      .update(setupLinks)
      .set({ dateUsed: now })
      .where(and(eq(setupLinks.organizationId, organizationId), isNull(setupLinks.dateUsed)));
    await tx.insert(setupLinks).values({ organizationId, tokenHash: hashToken(secret), dateCreated: now });
    await recordAudit(
      { tx, actor: SYSTEM_ACTOR, now, context },
      { organizationId, action: "setup_link.create", target: slug, details: { dateExpires } },
    );
  });
  return { url: `${context.origin}/setup/${secret}`, dateExpires: instant(dateExpires) };
}

/** The state of a setup link, and what it can be used for; only the state of an unknown link. */
export type SetupLinkDetails = {
  readonly state: LinkState | "unknown";
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

export type FoundSetupLink = {
  readonly id: number;
  readonly state: LinkState;
  readonly dateExpires: Date;
  readonly organization: OrganizationRow;
};

/** The setup link with this secret, whatever its state. */
async function findSetupLink(db: Reader, secret: string, now: Date): Promise<FoundSetupLink | undefined> {
  const { organizations, setupLinks } = db.tables;
  const [found] = await db
    .select({ link: setupLinks, organization: organizations })
    .from(setupLinks)
    .innerJoin(organizations, eq(organizations.id, setupLinks.organizationId))
    .where(and(eq(setupLinks.tokenHash, hashToken(secret)), isNull(organizations.dateRemoved)));
  if (!found) return undefined;
  const { link, organization } = found;
  const dateExpires = linkExpiry(link.dateCreated);
  return { id: link.id, state: linkState({ dateUsed: link.dateUsed, dateExpires }, now), dateExpires, organization };
}

/** Finds a setup link that can be used. Throws `not_found` for an unknown secret, and `conflict` for a link that was used or has expired. */
export async function findUsableSetupLink(db: Reader, secret: string, now: Date): Promise<FoundSetupLink> {
  const found = await findSetupLink(db, secret, now);
  if (!found) throw new AppError("not_found", "This setup link is unknown. Check that it is complete.");
  if (found.state === "used") throw setupLinkUsed();
  if (found.state === "expired") throw new AppError("conflict", "This setup link has expired: it worked for 7 days. Ask for a new one.");
  return found;
}

/** The failure of a setup link that another request used first. */
export const setupLinkUsed = (): AppError =>
  new AppError("conflict", "This setup link was already used, or replaced by a newer one. Ask for a new one, or sign in.");

/** Whether an organization has no releases yet. */
export async function hasNoReleases(db: Reader, organizationId: number): Promise<boolean> {
  const { releases } = db.tables;
  const found = await db.select({ id: releases.id }).from(releases).where(eq(releases.organizationId, organizationId)).limit(1);
  return found.length === 0;
}
