import { SCOPES } from "@landfall/schema/scope";
import type { WhoAmIView } from "@landfall/schema/views/token";
import * as z from "zod";
import { openQuery } from "../open-query.ts";
import { describeUser } from "./describe-user.ts";
import { findUser } from "./find-person.ts";

/** Who is asking, and what their token may do (contract 11.1). Nobody and nothing for a request without credentials. */
export const whoAmI = openQuery({
  input: z.object({}),
  run: async ({ db, actor }): Promise<WhoAmIView> => {
    const person = actor?.kind === "user" ? await findUser(db, actor.userId) : undefined;
    const scopes =
      actor === null || (actor.kind === "user" && actor.tokenId === null) ? null : SCOPES.filter((scope) => actor.scopes.has(scope));
    return { version: "0", auth: scopes && { scopes }, user: person ? describeUser(person) : null };
  },
});
