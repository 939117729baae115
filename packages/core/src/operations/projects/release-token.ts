import { NoInput } from "@landfall/schema/fields/query";
import type { ReleaseTokenView } from "@landfall/schema/organizations/projects";
import { and, eq, isNull } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { releaseSignature } from "../../access/authenticate-hook.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";

/** A project's release webhook with its token, which is made the first time somebody asks (contract 10.5). */
export const getReleaseToken = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: NoInput,
  run: async (on): Promise<ReleaseTokenView> => {
    const { tx, at, context } = on;
    const { project } = at;
    if (project.releaseToken !== null) return describeReleaseToken(project.releaseToken, project.id, context.origin);
    const { projects } = tx.tables;
    const [made] = await tx
      .update(projects)
      .set({ releaseToken: newReleaseToken(context.randomHex) })
      .where(and(eq(projects.id, project.id), isNull(projects.releaseToken)))
      .returning({ token: projects.releaseToken });
    if (made) await recordAudit(on, { organizationId: project.organizationId, action: "project.release_token", target: project.slug });
    // Another request has made it in the meantime: theirs is the one that counts.
    const [stored] = made ? [made] : await tx.select({ token: projects.releaseToken }).from(projects).where(eq(projects.id, project.id));
    if (!stored?.token) throw new Error("a release token was not stored");
    return describeReleaseToken(stored.token, project.id, context.origin);
  },
});

/** Gives a project's release webhook a new token; what was signed with the old one is refused from then on (contract 10.5). */
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

/** A project's release webhook as the wire shows it (contract 10.5). */
const describeReleaseToken = (token: string, projectId: number, origin: string): ReleaseTokenView => ({
  token,
  webhookUrl: `${origin}/api/hooks/release/builtin/${projectId}/${releaseSignature(token, projectId)}/`,
});

/** The text of a new release token: 32 hex digits. */
const newReleaseToken = (randomHex: (bytes: number) => string): string => randomHex(16);
