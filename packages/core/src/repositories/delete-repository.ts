import { NoInput } from "@landfall/schema/inputs/nothing";
import type { RepositoryView } from "@landfall/schema/views/commit";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { atRepository } from "./at-repository.ts";
import { setRepositoryStatus } from "./change-status.ts";
import { describeRepository } from "./describe-repository.ts";

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
