import { ListTokensInput } from "@landfall/schema/inputs/token";
import { ORG_READ } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { TokenDetailsView } from "@landfall/schema/views/token";
import { and, desc, eq, isNull } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeTokenDetails, selectTokenDetails } from "./token-details.ts";

/**
 * The organization's tokens that were not revoked, the newest first, with what the wire does not tell of them: when they end, who made
 * them, and by which client and for which project they were used last. A project out of the caller's reach is not named.
 */
export const listOrgTokenDetails = query({
  scope: ORG_READ,
  at: atOrganization,
  input: ListTokensInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<TokenDetailsView>> => {
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const reach = await reachableProjects(db, access);
    const rows = await selectTokenDetails(db)
      .where(and(eq(tokens.organizationId, access.organization.id), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const seen = items.map((row) => (row.project && reaches(reach, row.project.id) ? row : { ...row, project: null }));
    return { items: await describeTokenDetails(db, seen, now), ...links };
  },
});
