import type { Tx } from "@landfall/db/store";
import type { RepositoryRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { CreateRepositoryInput, type RepositoryView, UpdateRepositoryInput } from "@landfall/schema/releases/commits";
import { REPO_WRITE } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeRepository } from "../../records/repositories.ts";
import { atRepository } from "./at-repository.ts";
import { changeRepository, readRepositoryUrl } from "./change-repository.ts";

/** The stored status for each status in requests. */
const STORED_STATUS = { active: "active", visible: "active", hidden: "disabled" } as const;

/**
 * Hides a repository or shows it again, which also cancels its deletion, and changes its name and URL (contract 10.9). The old name stays
 * another name of the repository, so that clients need not be changed.
 *
 * @throws `invalid` with reason `empty` while the repository is being deleted and at `url` for anything but the URL of a web page or a git
 * remote, 404 for an integration, and `conflict` if another repository with the same name is active.
 */
export const updateRepository = mutation({
  scope: REPO_WRITE,
  at: atRepository,
  input: UpdateRepositoryInput,
  run: async (on, { status, name, url, integrationId }): Promise<RepositoryView> => {
    const { repository } = on.at;
    if (repository.status === "deletion_in_progress")
      throw new AppError("invalid", "The repository is being deleted.", { reason: "empty" });
    if (integrationId !== undefined && integrationId !== null && integrationId !== "")
      throw notFound("This server has no integrations. Leave out integrationId.");
    const changes = {
      name,
      url: readRepositoryUrl(url, "Enter a valid URL."),
      status: status === undefined ? undefined : STORED_STATUS[status],
    };
    return describeRepository(await changeRepository(on, repository, { ...changes, keepsOldName: true }));
  },
});

const DELETING: readonly string[] = ["pending_deletion", "deletion_in_progress"];

/**
 * Removes a repository from the list and marks it for deletion (contract 10.9). Its commits stay in their releases. A commit that names it
 * later creates a new repository. Deleting it again changes nothing.
 */
export const deleteRepository = mutation({
  scope: ["org:admin", "org:integrations"],
  at: atRepository,
  input: NoInput,
  run: async (on): Promise<RepositoryView> => {
    const { repository } = on.at;
    if (DELETING.includes(repository.status)) return describeRepository(repository);
    const changed = await setRepositoryStatus(on.tx, repository, "pending_deletion");
    await recordAudit(on, { organizationId: repository.organizationId, action: "repository.delete", target: repository.name });
    return describeRepository(changed);
  },
});

/**
 * Always fails: connecting a repository requires a provider, and there is none. Repositories are created when commits name them
 * (contract 10.8).
 *
 * @throws `unauthenticated` with reason `empty` for an organization token, else `invalid` with reason `validation`.
 */
export const createRepository = query({
  scope: [...REPO_WRITE, "org:read"],
  at: atOrganization,
  input: CreateRepositoryInput,
  run: ({ actor }): Promise<never> => {
    if (actor.kind === "organization")
      return Promise.reject(new AppError("unauthenticated", "This request requires a personal token.", { reason: "empty" }));
    const message = "No repository provider is installed. Repositories are created when commits name them.";
    return Promise.reject(new AppError("invalid", message, { reason: "validation" }));
  },
});

/** Sets the status of a repository and returns it. */
async function setRepositoryStatus(tx: Tx, { id, organizationId }: RepositoryRow, status: string): Promise<RepositoryRow> {
  const { repositories } = tx.tables;
  const [changed] = await tx
    .update(repositories)
    .set({ status })
    .where(and(eq(repositories.id, id), eq(repositories.organizationId, organizationId)))
    .returning();
  if (!changed) throw new Error("the repository was not updated");
  return changed;
}
