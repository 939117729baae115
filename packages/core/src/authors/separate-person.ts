import { SeparatePersonInput } from "@landfall/schema/inputs/people";
import type { PersonView } from "@landfall/schema/views/people";
import { atOrganization } from "../access/at-organization.ts";
import { invalidField } from "../app-error.ts";
import { authorEmail } from "../commits/author-email.ts";
import { mutation } from "../operation.ts";
import { findPersonByAddress } from "./find-person-by-address.ts";
import { describePerson, type GatheredPerson } from "./gather-people.ts";
import { holdGroups } from "./hold-groups.ts";
import { unknownAddress } from "./merge-people.ts";
import { PEOPLE_WRITE } from "./people-scopes.ts";
import { recordGroups } from "./record-groups.ts";

/**
 * Makes an address stand by itself again; what else was merged stays so. Answers whose address it is then. Of an address that stands by
 * itself nothing changes. Throws `invalid` at `email` for an address that is nobody's, or that a member has together with others.
 */
export const separatePerson = mutation({
  scope: PEOPLE_WRITE,
  at: atOrganization,
  input: SeparatePersonInput,
  run: async (on, input): Promise<PersonView> => {
    const { tx, at } = on;
    const organizationId = at.access.organization.id;
    const email = authorEmail(input.email, null) ?? input.email;
    const groups = await holdGroups(tx, organizationId, [email]);
    if (!groups.knows(email)) throw invalidField("email", unknownAddress(email));
    const target = groups.mainOf(email);
    const others = groups.othersOf(email);
    groups.separate(email);
    await recordGroups(on, { organizationId, action: "person.separate", target, changes: groups.changes() });
    const person = await findPersonByAddress(tx, organizationId, email);
    if (!person) throw new Error("whose address was separated is nobody");
    if (isTogether(person, others)) throw invalidField("email", heldTogether(email, person));
    return describePerson(person);
  },
});

/** Whether nothing came of it: the account of a member holds this address and all the others together. */
const isTogether = ({ authors }: GatheredPerson, others: readonly string[]): boolean =>
  authors.length > 1 && others.every((other) => authors.some(({ email }) => email === other));

const heldTogether = (email: string, { member }: GatheredPerson): string =>
  `${email} is an address of the account of ${member?.user.name ?? "a member"}. Take it out of the account to tell it apart.`;
