import { NoInput } from "@landfall/schema/fields/query";
import type { ReleaseTokenView } from "@landfall/schema/organizations/projects";
import { and, eq, isNull } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { releaseSignature } from "../../access/authenticate-hook.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";

/** Returns a project's release webhook with its token, which is created by the first call (contract 10.5). */
export const getReleaseToken = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: NoInput,
  run: async (on): Promise<ReleaseTokenView> => {
    const { tx, at, context } = on;
    const { project } = at;
    if (project.releaseToken !== null) return describeReleaseToken(project.releaseToken, project.id, context.origin);
    const { projects } = tx.tables;
    const [created] = await tx
      .update(projects)
      .set({ releaseToken: newReleaseToken(context.randomHex) })
      .where(and(eq(projects.id, project.id), isNull(projects.releaseToken)))
      .returning({ token: projects.releaseToken });
    if (created) await recordAudit(on, { organizationId: project.organizationId, action: "project.release_token", target: project.slug });
    // If another request has created the token, that one is returned.
    const [stored] = created
      ? [created]
      : await tx.select({ token: projects.releaseToken }).from(projects).where(eq(projects.id, project.id));
    if (!stored?.token) throw new Error("the release token was not stored");
    return describeReleaseToken(stored.token, project.id, context.origin);
  },
});

/** Replaces the token of a project's release webhook. Signatures with the old token become invalid (contract 10.5). */
export const rotateReleaseToken = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: NoInput,
  run: async (on): Promise<ReleaseTokenView> => {
    const { project } = on.at;
    const { projects } = on.tx.tables;
    const token = newReleaseToken(on.context.randomHex);
    await on.tx.update(projects).set({ releaseToken: token }).where(eq(projects.id, project.id));
    await recordAudit(on, {
      organizationId: project.organizationId,
      action: "project.release_token",
      target: project.slug,
      details: { rotated: true },
    });
    return describeReleaseToken(token, project.id, on.context.origin);
  },
});

/** Returns a project's release webhook as the API returns it (contract 10.5). */
const describeReleaseToken = (token: string, projectId: number, origin: string): ReleaseTokenView => ({
  token,
  webhookUrl: `${origin}/api/hooks/release/builtin/${projectId}/${releaseSignature(token, projectId)}/`,
});

/** Generates a release token: 32 hex digits. */
const newReleaseToken = (randomHex: (bytes: number) => string): string => randomHex(16);
