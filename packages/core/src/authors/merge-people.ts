import type { Issue } from "@landfall/schema/error";
import { MergeContributorsInput } from "@landfall/schema/inputs/people";
import type { ContributorView } from "@landfall/schema/views/people";
import { atOrganization } from "../access/at-organization.ts";
import { AppError } from "../app-error.ts";
import { authorEmail } from "../commits/author-email.ts";
import { mutation } from "../operation.ts";
import type { AuthorGroups } from "./author-groups.ts";
import { findContributor } from "./find-person-by-address.ts";
import { describeContributor } from "./gather-people.ts";
import { lockAuthorGroups } from "./hold-groups.ts";
import { CONTRIBUTORS_WRITE } from "./people-scopes.ts";
import { saveAuthorChanges } from "./record-groups.ts";

/**
 * Makes addresses other ones of whose address `into` is, with all that are merged with them; again, nothing changes. Whose address a
 * member's is stays with the member: everything is then merged into it, whichever was named. Throws `invalid` at each address that is
 * nobody's, or of another member than the rest.
 */
export const mergeContributors = mutation({
  scope: CONTRIBUTORS_WRITE,
  at: atOrganization,
  input: MergeContributorsInput,
  run: async (on, input): Promise<ContributorView> => {
    const { tx, at } = on;
    const organizationId = at.access.organization.id;
    const [into, ...emails] = [input.into, ...input.emails].map((email) => authorEmail(email, null) ?? email);
    if (into === undefined) throw new Error("no address to merge into was read");
    const groups = await lockAuthorGroups(tx, organizationId, [into, ...emails]);
    const issues = joinAll(groups, into, emails);
    const [first] = issues;
    if (first) throw new AppError("invalid", first.message, { issues });
    await saveAuthorChanges(on, { organizationId, action: "person.merge", target: groups.mainOf(into), changes: groups.changes() });
    const person = await findContributor(tx, organizationId, into);
    if (!person) throw new Error("who was merged is nobody");
    return describeContributor(person);
  },
});

function joinAll(groups: AuthorGroups, into: string, emails: readonly string[]): Issue[] {
  if (!groups.knows(into)) return [{ path: ["into"], message: unknownEmail(into) }];
  return emails.flatMap((email, index) => {
    const message = groups.knows(email) ? joinProblem(groups, email, into) : unknownEmail(email);
    return message === null ? [] : [{ path: ["emails", index], message }];
  });
}

/** What is said of an address nobody has. */
export const unknownEmail = (email: string): string => `No commit and no member of the organization has the address ${email}.`;

function joinProblem(groups: AuthorGroups, email: string, into: string): string | null {
  return groups.join(email, into) ? null : `${email} and ${into} belong to two members, who cannot be merged.`;
}
