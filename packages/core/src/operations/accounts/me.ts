import type { UserView } from "@landfall/schema/organizations/accounts";
import type { RegionsView, WhoAmIView } from "@landfall/schema/organizations/tokens";
import { SCOPES } from "@landfall/schema/scope";
import * as z from "zod";
import { forbidden, unauthenticated } from "../../kernel/app-error.ts";
import { openQuery } from "../../kernel/operation.ts";
import { describeUser, findUser } from "../../records/users.ts";

/** Returns the caller, and the scopes of their token (contract 11.1); both null without credentials. */
export const whoAmI = openQuery({
  input: z.object({}),
  run: async ({ db, actor }): Promise<WhoAmIView> => {
    const user = actor?.kind === "user" ? await findUser(db, actor.userId) : undefined;
    const scopes =
      actor === null || (actor.kind === "user" && actor.tokenId === null) ? null : SCOPES.filter((scope) => actor.scopes.has(scope));
    return { version: "0", auth: scopes && { scopes }, user: user ? describeUser(user) : null };
  },
});

/** Returns the calling user, whatever their scopes (clients 4). Throws 401 without credentials, and 403 for an organization token. */
export const getSelf = openQuery({
  input: z.object({}),
  run: async ({ db, actor }): Promise<UserView> => {
    if (actor === null) throw unauthenticated();
    if (actor.kind !== "user") throw forbidden("This token does not belong to a user. Sign in, or use a personal token.");
    const user = await findUser(db, actor.userId);
    if (!user) throw unauthenticated();
    return describeUser(user);
  },
});

/** The regions of the caller's account: always empty, so that older clients list the organizations of this server (clients 3.2). */
export const listRegions = openQuery({
  input: z.object({}),
  run: ({ actor }): Promise<RegionsView> => (actor === null ? Promise.reject(unauthenticated()) : Promise.resolve({ regions: [] })),
});
