import { SYSTEM_ACTOR } from "@landfall/core/kernel/actor";
import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";

/** Returns a context without an actor, for operations of the server that no request may perform. */
export const serverContext = (app: App): Promise<Context> => app.contextOf({ authorization: null, userAgent: null, requestId: null });

/** Returns the context of the system actor, which every operation allows. */
export const systemContext = async (app: App): Promise<Context> => ({ ...(await serverContext(app)), actor: SYSTEM_ACTOR });
