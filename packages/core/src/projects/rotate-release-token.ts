import { NoInput } from "@landfall/schema/inputs/nothing";
import type { ReleaseTokenView } from "@landfall/schema/views/organization";
import { eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { describeReleaseToken, newReleaseToken } from "./describe-release-token.ts";
import { PROJECT_WRITE } from "./project-scopes.ts";

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
