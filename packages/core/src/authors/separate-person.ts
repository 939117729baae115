import { SeparateContributorInput } from "@landfall/schema/inputs/people";
import type { ContributorView } from "@landfall/schema/views/people";
import { atOrganization } from "../access/at-organization.ts";
import { invalidField } from "../app-error.ts";
import { authorEmail } from "../commits/author-email.ts";
import { mutation } from "../operation.ts";
import { findContributor } from "./find-person-by-address.ts";
import { describeContributor, type Contributor } from "./gather-people.ts";
import { lockAuthorGroups } from "./hold-groups.ts";
import { unknownEmail } from "./merge-people.ts";
import { CONTRIBUTORS_WRITE } from "./people-scopes.ts";
import { saveAuthorChanges } from "./record-groups.ts";

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
    if (!groups.knows(email)) throw invalidField("email", unknownEmail(email));
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
