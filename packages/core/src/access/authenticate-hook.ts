import type { Reader } from "@landfall/db/store";
import { openReleaseHook } from "../projects/open-release-hook.ts";
import type { HookActor } from "./actor.ts";

/** Who sent a signed release webhook, and the project they may report releases of, as operations name it (contract 10.6). */
export type HookSender = { readonly actor: HookActor; readonly params: { readonly organization: string; readonly project: string } };

/** Tells the sender of a release webhook by its signature. Throws `not_found` for an unknown project, `forbidden` for a bad signature. */
export async function authenticateHook(db: Reader, address: { readonly project: string; readonly signature: string }): Promise<HookSender> {
  const { organization, project } = await openReleaseHook(db, address);
  const actor: HookActor = { kind: "hook", organizationId: organization.id, projectId: project.id, scopes: new Set(["project:releases"]) };
  return { actor, params: { organization: organization.slug, project: project.slug } };
}
