import { SCOPES } from "@landfall/schema/scope";
import type { SystemActor } from "../access/actor.ts";

/** The server itself, acting for whoever may start it. Never given to a request. */
export const SYSTEM_ACTOR: SystemActor = { kind: "system", scopes: new Set(SCOPES) };
