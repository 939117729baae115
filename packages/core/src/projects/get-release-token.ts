import { NoInput } from "@landfall/schema/inputs/nothing";
import type { ReleaseTokenView } from "@landfall/schema/views/organization";
import { and, eq, isNull } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { describeReleaseToken, newReleaseToken } from "./describe-release-token.ts";
import { PROJECT_WRITE } from "./project-scopes.ts";

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
