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
  if (!groups.isKnown(into)) return [{ path: ["into"], message: unknownEmail(into) }];
  return emails.flatMap((email, index) => {
    const message = groups.isKnown(email) ? joinProblem(groups, email, into) : unknownEmail(email);
    return message === null ? [] : [{ path: ["emails", index], message }];
  });
}

/** What is said of an address nobody has. */
const unknownEmail = (email: string): string => `No commit and no member of the organization has the address ${email}.`;

function joinProblem(groups: AuthorGroups, email: string, into: string): string | null {
  return groups.join(email, into) ? null : `${email} and ${into} belong to two members, who cannot be merged.`;
}

/**
 * Makes an address stand by itself again; what else was merged stays so. Answers whose address it is then. Of an address that stands by
 * itself nothing changes. Throws `invalid` at `email` for an address that is nobody's, or that a member has together with others.
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
    const person = await findContributor(tx, organizationId, email);
    if (!person) throw new Error("whose address was separated is nobody");
    if (isStillMerged(person, others)) throw invalidField("email", sameAccountMessage(email, person));
    return describeContributor(person);
  },
});

/** Whether nothing came of it: the account of a member holds this address and all the others together. */
const isStillMerged = ({ authors }: Contributor, others: readonly string[]): boolean =>
  authors.length > 1 && others.every((other) => authors.some(({ email }) => email === other));

const sameAccountMessage = (email: string, { member }: Contributor): string =>
  `${email} is an address of the account of ${member?.user.name ?? "a member"}. Take it out of the account to tell it apart.`;
