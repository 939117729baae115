import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import type { CompletionView } from "@landfall/schema/organizations/projects";
import { REL_READ } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { query } from "../../kernel/operation.ts";

/** Returns which steps of setting up releases a project has completed (contract 10.4). `tag` needs issues, which this server does not receive. */
export const getCompletion = query({
  scope: REL_READ,
  at: atProject,
  input: NoInput,
  run: async ({ db, at: { project } }): Promise<CompletionView> => [
    { step: "tag", complete: false },
    { step: "repo", complete: await hasRepository(db, project.organizationId) },
    { step: "commit", complete: await hasCommit(db, project.id) },
    { step: "deploy", complete: await hasDeploy(db, project.id) },
  ],
});

async function hasRepository(db: Reader, organizationId: number): Promise<boolean> {
  const { repositories } = db.tables;
  const found = await db.select({ id: repositories.id }).from(repositories).where(eq(repositories.organizationId, organizationId)).limit(1);
  return found.length > 0;
}

async function hasCommit(db: Reader, projectId: number): Promise<boolean> {
  const { releaseProjects, releaseCommits } = db.tables;
  const found = await db
    .select({ id: releaseCommits.commitId })
    .from(releaseProjects)
    .innerJoin(releaseCommits, eq(releaseCommits.releaseId, releaseProjects.releaseId))
    .where(eq(releaseProjects.projectId, projectId))
    .limit(1);
  return found.length > 0;
}

async function hasDeploy(db: Reader, projectId: number): Promise<boolean> {
  const { releaseProjects, deploys } = db.tables;
  const found = await db
    .select({ id: deploys.id })
    .from(releaseProjects)
    .innerJoin(deploys, eq(deploys.releaseId, releaseProjects.releaseId))
    .where(eq(releaseProjects.projectId, projectId))
    .limit(1);
  return found.length > 0;
}
