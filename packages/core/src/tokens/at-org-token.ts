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

/** An operation about one of the organization's tokens. 404 when it has none of this id, or it was revoked. */
export const atOrgToken: Locator<z.output<typeof OrgTokenParams>, AtOrgToken> = {
  params: OrgTokenParams,
  async locate({ db, actor, scope }, { organization, token: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const { tokens } = db.tables;
    const [token] = await db
      .select()
      .from(tokens)
      .where(and(eq(tokens.id, readId(id)), eq(tokens.organizationId, access.organization.id), isNull(tokens.dateRevoked)));
    if (!token) throw notFound();
    return { access, token };
  },
};
