import { isUniqueViolation } from "@landfall/db/unique-violation";
import type { RepositoryRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { UpdateRepositoryInput } from "@landfall/schema/inputs/repository";
import { REPO_WRITE } from "@landfall/schema/scope";
import type { RepositoryView } from "@landfall/schema/views/commit";
import { AppError, notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { atRepository } from "./at-repository.ts";
import { setRepositoryStatus } from "./change-status.ts";
import { describeRepository } from "./describe-repository.ts";

/** The stored status for each one callers name. */
const STORED_STATUS = { active: "active", visible: "active", hidden: "disabled" } as const;

/**
 * Hides a repository, or shows it again, which also takes back its deletion (contract 10.9). Nothing else can be changed. Throws
 * `invalid` with reason `empty` while it is being deleted, `not_found` for an integration, `conflict` when another repository of its
 * name is active by now.
 */
export const updateRepository = mutation({
  scope: REPO_WRITE,
  at: atRepository,
  input: UpdateRepositoryInput,
  run: async (on, { status, integrationId }): Promise<RepositoryView> => {
    const { repository } = on.at;
    if (repository.status === "deletion_in_progress")
      throw new AppError("invalid", "The repository is being deleted.", { reason: "empty" });
    if (integrationId !== undefined && integrationId !== null && integrationId !== "") throw notFound();
    if (status === undefined || STORED_STATUS[status] === repository.status) return describeRepository(repository);
    const changed = await showOrHide(on.tx, repository, STORED_STATUS[status]);
    const { organizationId, name } = repository;
    await recordAudit(on, { organizationId, action: "repository.update", target: name, details: { status: changed.status } });
    return describeRepository(changed);
  },
});

async function showOrHide(tx: Tx, repository: RepositoryRow, status: string): Promise<RepositoryRow> {
  try {
    return await setRepositoryStatus(tx, repository, status);
  } catch (error) {
    if (isUniqueViolation(error))
      throw new AppError("conflict", `Another repository called ${repository.name} is active. Hide or delete it first.`);
    throw error;
  }
}
