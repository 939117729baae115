import { authorEmail } from "@landfall/domain/commits/reported-commit";
import type { AuthorGroups } from "@landfall/domain/contributors/author-groups";
import type { Issue } from "@landfall/schema/error";
import { type ContributorView, MergeContributorsInput, SeparateContributorInput } from "@landfall/schema/organizations/contributors";
import { atOrganization } from "../../access/organization-access.ts";
import { CONTRIBUTORS_WRITE } from "../../access/scopes.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { type Contributor, describeContributor } from "../../records/contributors.ts";
import { findContributor } from "./find-contributor.ts";
import { lockAuthorGroups, saveAuthorChanges } from "./stored-groups.ts";

/**
 * Merges addresses, and all that are merged with them, into the contributor that has the address `into`. If one of the addresses belongs to
 * a member, all are merged into the member. Merging again changes nothing.
 *
 * @throws `invalid` at each address that no commit and no member has, or that belongs to a different member.
 */
export const mergeContributors = mutation({
  scope: CONTRIBUTORS_WRITE,
  at: atOrganization,
  input: MergeContributorsInput,
  run: async (on, input): Promise<ContributorView> => {
    const { tx, at } = on;
    const organizationId = at.access.organization.id;
    const [into, ...emails] = [input.into, ...input.emails].map((email) => authorEmail(email, null) ?? email);
    if (into === undefined) throw new Error("the input has no address to merge into");
    const groups = await lockAuthorGroups(tx, organizationId, [into, ...emails]);
    const issues = mergeAll(groups, into, emails);
    const [first] = issues;
    if (first) throw new AppError("invalid", first.message, { issues });
    await saveAuthorChanges(on, { organizationId, action: "person.merge", target: groups.mainOf(into), changes: groups.changes() });
    const contributor = await findContributor(tx, organizationId, into);
    if (!contributor) throw new Error("the merged contributor was not found");
    return describeContributor(contributor);
  },
});

function mergeAll(groups: AuthorGroups, into: string, emails: readonly string[]): Issue[] {
  if (!groups.isKnown(into)) return [{ path: ["into"], message: unknownEmail(into) }];
  return emails.flatMap((email, index) => {
    const message = groups.isKnown(email) ? joinProblem(groups, email, into) : unknownEmail(email);
    return message === null ? [] : [{ path: ["emails", index], message }];
  });
}

const unknownEmail = (email: string): string => `No commit and no member of the organization has the address ${email}.`;

function joinProblem(groups: AuthorGroups, email: string, into: string): string | null {
  return groups.join(email, into) ? null : `${email} and ${into} belong to two members, who cannot be merged.`;
}

/**
 * Separates an address from its contributor, and returns the contributor that has the address afterwards. The other addresses stay merged.
 * An address that is not merged does not change.
 *
 * @throws `invalid` at `email` if no commit and no member has the address, or if it belongs to the account of a member together with the
 * others.
 */
export const separateContributor = mutation({
  scope: CONTRIBUTORS_WRITE,
  at: atOrganization,
  input: SeparateContributorInput,
  run: async (on, input): Promise<ContributorView> => {
    const { tx, at } = on;
    const organizationId = at.access.organization.id;
    const email = authorEmail(input.email, null) ?? input.email;
    const groups = await lockAuthorGroups(tx, organizationId, [email]);
    if (!groups.isKnown(email)) throw invalidField("email", unknownEmail(email));
    const target = groups.mainOf(email);
    const others = groups.othersOf(email);
    groups.separate(email);
    await saveAuthorChanges(on, { organizationId, action: "person.separate", target, changes: groups.changes() });
    const contributor = await findContributor(tx, organizationId, email);
    if (!contributor) throw new Error("the contributor of the separated address was not found");
    if (isStillMerged(contributor, others)) throw invalidField("email", sameAccountMessage(email, contributor));
    return describeContributor(contributor);
  },
});

/** Whether the address still has the same contributor: the account of a member has it and all the others. */
const isStillMerged = ({ authors }: Contributor, others: readonly string[]): boolean =>
  authors.length > 1 && others.every((other) => authors.some(({ email }) => email === other));

const sameAccountMessage = (email: string, { member }: Contributor): string =>
  `${email} is an address of the account of ${member?.user.name ?? "a member"}. Remove it from the account to separate it.`;
