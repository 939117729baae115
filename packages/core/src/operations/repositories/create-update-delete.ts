import type { Tx } from "@landfall/db/store";
import { isUniqueViolation } from "@landfall/db/store-error";
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

const DELETING: readonly string[] = ["pending_deletion", "deletion_in_progress"];

/**
 * Takes a repository out of the list, to be deleted later (contract 10.9). Its commits stay with their releases; a commit that names
 * it afterwards makes a new one. Repeating it changes nothing.
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
 * Connecting a repository needs a provider, and there is none: repositories appear when commits name them (contract 10.8). Always
 * throws `invalid` with reason `validation`; before that, `unauthenticated` with reason `empty` unless the caller is a person.
 */
export const createRepository = query({
  scope: [...REPO_WRITE, "org:read"],
  at: atOrganization,
  input: CreateRepositoryInput,
  run: ({ actor }): Promise<never> => {
    if (actor.kind === "organization")
      return Promise.reject(new AppError("unauthenticated", "A person's token is needed.", { reason: "empty" }));
    const message = "No repository provider is installed. Repositories appear by themselves when commits name them.";
    return Promise.reject(new AppError("invalid", message, { reason: "validation" }));
  },
});

/** Gives a repository another status; answers it as it is then. A unique violation passes: names of active ones are unique. */
async function setRepositoryStatus(tx: Tx, { id, organizationId }: RepositoryRow, status: string): Promise<RepositoryRow> {
  const { repositories } = tx.tables;
  const [changed] = await tx
    .update(repositories)
    .set({ status })
    .where(and(eq(repositories.id, id), eq(repositories.organizationId, organizationId)))
    .returning();
  if (!changed) throw new Error("a repository was not changed");
  return changed;
}
