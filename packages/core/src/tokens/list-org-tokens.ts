import { ListTokensInput } from "@landfall/schema/inputs/token";
import { ORG_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { OrgTokenView } from "@landfall/schema/views/token";
import { and, desc, eq, isNull } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeOrgToken } from "./describe-token.ts";

/** The organization's tokens that were not revoked, the newest first (contract 16.1). */
export const listOrgTokens = query({
  scope: ORG_READ,
  at: atOrganization,
  input: ListTokensInput,
  run: async ({ db, at }, input): Promise<Page<OrgTokenView>> => {
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const rows = await db
      .select()
      .from(tokens)
      .where(and(eq(tokens.organizationId, at.access.organization.id), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(describeOrgToken), ...links };
  },
});
