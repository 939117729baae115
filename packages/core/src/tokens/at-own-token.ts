import type { TokenRow } from "@landfall/db/rows";
import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { forbidden, notFound } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { readId } from "../read-id.ts";

/** The parameters that name one of the caller's own tokens. */
export const OwnTokenParams = z.object({ token: z.string().describe("The token's id.") });

const ownTokenLocator = (which: "live" | "any"): Locator<z.output<typeof OwnTokenParams>, { token: TokenRow }> => ({
  params: OwnTokenParams,
  async locate({ db, actor }, { token: id }) {
    if (actor.kind !== "user") throw forbidden();
    const { tokens } = db.tables;
    const mine = and(eq(tokens.id, readId(id)), eq(tokens.userId, actor.userId));
    const [token] = await db
      .select()
      .from(tokens)
      .where(which === "live" ? and(mine, isNull(tokens.dateRevoked)) : mine);
    if (!token) throw notFound();
    return { token };
  },
});

/** An operation about one of the caller's own tokens. 403 unless the caller is a person, 404 for a token that is not theirs. */
export const atOwnToken = ownTokenLocator("live");

/** The same, with those that were revoked: for an operation that tells so. */
export const atAnyOwnToken = ownTokenLocator("any");
