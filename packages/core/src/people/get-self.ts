import type { UserView } from "@landfall/schema/views/user";
import * as z from "zod";
import { forbidden, unauthenticated } from "../app-error.ts";
import { openQuery } from "../open-query.ts";
import { describeUser } from "./describe-user.ts";
import { findUser } from "./find-person.ts";

/** The person who asks, whatever their scopes (clients 4). Throws 401 for nobody and 403 for a token of an organization. */
export const getSelf = openQuery({
  input: z.object({}),
  run: async ({ db, actor }): Promise<UserView> => {
    if (actor === null) throw unauthenticated();
    if (actor.kind !== "user") throw forbidden();
    const person = await findUser(db, actor.userId);
    if (!person) throw unauthenticated();
    return describeUser(person);
  },
});
