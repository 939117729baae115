import type { OrganizationRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { hashToken } from "../tokens/hash-token.ts";

/** How long a setup link can be used: 7 days, in milliseconds. */
const LIFETIME = 7 * 24 * 60 * 60 * 1000;

/** `used` also means replaced by a newer link. */
export type SetupLinkState = "unused" | "used" | "expired";

export type FoundSetupLink = {
  readonly id: number;
  readonly state: SetupLinkState;
  readonly dateExpires: Date;
  readonly organization: OrganizationRow;
};

/** When a setup link created at `dateCreated` stops working. */
export const setupLinkExpiry = (dateCreated: Date): Date => new Date(dateCreated.getTime() + LIFETIME);

/** The setup link with this secret, whatever its state. */
export async function findSetupLink(db: Reader, secret: string, now: Date): Promise<FoundSetupLink | undefined> {
  const { organizations, setupLinks } = db.tables;
  const [found] = await db
    .select({ link: setupLinks, organization: organizations })
    .from(setupLinks)
    .innerJoin(organizations, eq(organizations.id, setupLinks.organizationId))
    .where(eq(setupLinks.tokenHash, hashToken(secret)));
  if (!found) return undefined;
  const { link, organization } = found;
  const dateExpires = setupLinkExpiry(link.dateCreated);
  const unused = dateExpires <= now ? "expired" : "unused";
  return { id: link.id, state: link.dateUsed === null ? unused : "used", dateExpires, organization };
}

/** The same, if it can be used. Throws `not_found` for an unknown secret, and `conflict` for a link that was used or has expired. */
export async function findUsableSetupLink(db: Reader, secret: string, now: Date): Promise<FoundSetupLink> {
  const found = await findSetupLink(db, secret, now);
  if (!found) throw new AppError("not_found", "This setup link is unknown. Check that it was copied whole.");
  if (found.state === "used") throw setupLinkUsed();
  if (found.state === "expired") throw new AppError("conflict", "This setup link has expired: it worked for 7 days. Ask for a new one.");
  return found;
}

/** The failure of a setup link that another request used first. */
export const setupLinkUsed = (): AppError =>
  new AppError("conflict", "This setup link was used before, or replaced by a newer one. Ask for a new one, or sign in.");
