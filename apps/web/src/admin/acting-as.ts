import type { App } from "@landfall/core/app";
import type { Context } from "@landfall/core/context";
import { SYSTEM_ACTOR } from "@landfall/core/provisioning/system-actor";
import { SCOPES } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { OperatorError } from "../serving/operator-error.ts";
import { serverContext } from "../serving/first-start.ts";

/** The context of the server itself, which every operation lets in. */
export async function actingAsServer(app: App): Promise<Context> {
  return { ...(await serverContext(app)), actor: SYSTEM_ACTOR };
}

/** The context of the person with this address. Throws an `OperatorError` when there is none. */
export async function actingAs(app: App, email: string): Promise<Context> {
  const { read } = app.store;
  const { userEmails } = read.tables;
  const [found] = await read.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, email.toLowerCase()));
  if (!found) throw new OperatorError(`Nobody has the address ${email}.`);
  return { ...(await serverContext(app)), actor: { kind: "user", userId: found.userId, tokenId: null, scopes: new Set(SCOPES) } };
}
