import type { TokenRow } from "@landfall/db/rows";
import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { forbidden, notFound } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { readId } from "../read-id.ts";

/** The parameters that name one of the caller's own tokens. */
export const OwnTokenParams = z.object({ token: z.string().describe("The token's id.") });

/** An operation about one of the caller's own tokens. 403 unless the caller is a person, 404 for a token that is not theirs. */
export const atOwnToken: Locator<z.output<typeof OwnTokenParams>, { token: TokenRow }> = {
  params: OwnTokenParams,
  async locate({ db, actor }, { token: id }) {
    if (actor.kind !== "user") throw forbidden();
    const { tokens } = db.tables;
    const [token] = await db
      .select()
      .from(tokens)
      .where(and(eq(tokens.id, readId(id)), eq(tokens.userId, actor.userId), isNull(tokens.dateRevoked)));
    if (!token) throw notFound();
    return { token };
  },
};
