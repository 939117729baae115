import type { AuthorChange } from "@landfall/domain/contributors/author-groups";
import { applyMailmap, normalizedEntries, parseMailmap } from "@landfall/domain/contributors/mailmap";
import { ImportMailmapInput, type MailmapView } from "@landfall/schema/organizations/contributors";
import { atOrganization } from "../../access/organization-access.ts";
import { CONTRIBUTORS_WRITE } from "../../access/scopes.ts";
import { MAILMAP_LIMITS } from "../../kernel/limits.ts";
import { mutation } from "../../kernel/operation.ts";
import { lockAuthorGroups, saveAuthorChanges } from "./stored-groups.ts";

/** Changes that are returned. */
const LISTED = 500;

/**
 * Merges author addresses and corrects names according to a .mailmap file. With `dryRun`, only returns the changes. Importing the file again
 * changes nothing. Addresses of members follow the rules of `mergeContributors`. A corrected name is kept until a commit with the same
 * address has another name.
 */
export const importMailmap = mutation({
  scope: CONTRIBUTORS_WRITE,
  at: atOrganization,
  limits: MAILMAP_LIMITS,
  input: ImportMailmapInput,
  run: async (on, input): Promise<MailmapView> => {
    const { tx, at } = on;
    const organizationId = at.access.organization.id;
    const mailmap = parseMailmap(input.text);
    const entries = normalizedEntries(mailmap);
    const emails = new Set(entries.flatMap(({ email, commitEmail }) => [email, commitEmail]));
    const groups = await lockAuthorGroups(tx, organizationId, [...emails]);
    const { unknown, problems } = applyMailmap(groups, entries);
    const changes = groups.changes();
    if (input.dryRun !== true)
      await saveAuthorChanges(on, { organizationId, action: "person.import_mailmap", target: ".mailmap", changes });
    return {
      ...summary(changes),
      unknown,
      problems: [...mailmap.problems, ...problems].toSorted((a, b) => a.line - b.line),
    };
  },
});

function summary(changes: readonly AuthorChange[]): Pick<MailmapView, "merged" | "renamed" | "changes"> {
  const isRenamed = ({ before, after }: AuthorChange) => after.name !== null && after.name !== (before?.name ?? null);
  return {
    merged: changes.filter(({ before, after }) => after.into !== null && after.into !== before?.into).length,
    renamed: changes.filter(isRenamed).length,
    changes: changes
      .slice(0, LISTED)
      .map((change) => ({ email: change.email, into: change.after.into, name: isRenamed(change) ? change.after.name : null })),
  };
}
