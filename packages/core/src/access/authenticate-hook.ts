import { createHmac, timingSafeEqual } from "node:crypto";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { OrganizationRow, ProjectRow } from "@landfall/db/tables/schema";
import { eq } from "drizzle-orm";
import type { HookActor } from "../kernel/actor.ts";
import { forbidden, notFound } from "../kernel/app-error.ts";
import { readId } from "../kernel/input.ts";

/**
 * Returns the project that a signed release webhook belongs to, with its organization (contract 10.6). The signature takes the place of a
 * token. Throws `not_found` for an unknown project, and `forbidden` for an invalid signature.
 */
export async function openReleaseHook(
  db: Reader,
  { project: id, signature }: { readonly project: string; readonly signature: string },
): Promise<{ organization: OrganizationRow; project: ProjectRow }> {
  const [found] = await selectProject(db, { id: readId(id) });
  if (!found) throw notFound("No project has this webhook URL. Copy the URL from the settings of the project again.");
  if (!verifyReleaseSignature(found.project.releaseToken, found.project.id, signature))
    throw forbidden("The signature of the webhook is invalid. Copy its URL from the settings of the project again.");
  return found;
}

const selectProject = prepared((db: Reader, param: { id: number }) => {
  const { organizations, projects } = db.tables;
  return db
    .select({ project: projects, organization: organizations })
    .from(projects)
    .innerJoin(organizations, eq(organizations.id, projects.organizationId))
    .where(eq(projects.id, param.id))
    .prepare();
});

/** The signature of a project's release webhook: the hex HMAC-SHA256 of `builtin-<project id>`, keyed with the project's token (contract 10.5). */
export const releaseSignature = (token: string, projectId: number): string =>
  createHmac("sha256", token).update(`builtin-${projectId}`).digest("hex");

/** Whether a signature is valid for the project; false for a project without a token. Takes constant time for signatures of the right length. */
export function verifyReleaseSignature(token: string | null, projectId: number, signature: string): boolean {
  if (token === null) return false;
  const expected = Buffer.from(releaseSignature(token, projectId));
  const actual = Buffer.from(signature);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** The sender of a signed release webhook, and the parameters of its project for operations (contract 10.6). */
export type HookSender = { readonly actor: HookActor; readonly params: { readonly organization: string; readonly project: string } };

/** Authenticates a release webhook by its signature. Throws `not_found` for an unknown project, and `forbidden` for an invalid signature. */
export async function authenticateHook(db: Reader, address: { readonly project: string; readonly signature: string }): Promise<HookSender> {
  const { organization, project } = await openReleaseHook(db, address);
  const actor: HookActor = { kind: "hook", organizationId: organization.id, projectId: project.id, scopes: new Set(["project:releases"]) };
  return { actor, params: { organization: organization.slug, project: project.slug } };
}
