import { ListTokensInput } from "@landfall/schema/inputs/token";
import { SCOPES } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { TokenDetailsView } from "@landfall/schema/views/token";
import { and, desc, eq, isNull } from "drizzle-orm";
import { atNothing } from "../access/at-nothing.ts";
import { forbidden } from "../app-error.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeTokenDetails, selectTokenDetails } from "./token-details.ts";

/** The caller's own tokens that were not revoked, the newest first. Throws 403 unless the caller is a person. */
export const listTokens = query({
  scope: SCOPES,
  at: atNothing,
  input: ListTokensInput,
  run: async ({ db, actor, now }, input): Promise<Page<TokenDetailsView>> => {
    if (actor.kind !== "user") throw forbidden();
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const rows = await selectTokenDetails(db)
      .where(and(eq(tokens.userId, actor.userId), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: await describeTokenDetails(db, items, now), ...links };
  },
});
