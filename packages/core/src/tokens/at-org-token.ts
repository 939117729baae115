import type { TokenRow } from "@landfall/db/rows";
import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { OrganizationParams } from "../access/at-organization.ts";
import { type Access, openOrganization } from "../access/organization-access.ts";
import { notFound } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { readId } from "../read-id.ts";

/** The path parameters that name a token of an organization. */
export const OrgTokenParams = OrganizationParams.extend({ token: z.string().describe("The token's id.") });

export type AtOrgToken = { readonly access: Access; readonly token: TokenRow };

const orgTokenLocator = (which: "live" | "any"): Locator<z.output<typeof OrgTokenParams>, AtOrgToken> => ({
  params: OrgTokenParams,
  async locate({ db, actor, scope }, { organization, token: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const { tokens } = db.tables;
    const mine = and(eq(tokens.id, readId(id)), eq(tokens.organizationId, access.organization.id));
    const [token] = await db
      .select()
      .from(tokens)
      .where(which === "live" ? and(mine, isNull(tokens.dateRevoked)) : mine);
    if (!token) throw notFound();
    return { access, token };
  },
});

/** An operation about one of the organization's tokens. 404 when it has none of this id, or it was revoked. */
export const atOrgToken = orgTokenLocator("live");

/** The same, with those that were revoked: for an operation that tells so. */
export const atAnyOrgToken = orgTokenLocator("any");
