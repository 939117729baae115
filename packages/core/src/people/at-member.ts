import type { Reader } from "@landfall/db/store";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { OrganizationParams } from "../access/at-organization.ts";
import { type Access, openOrganization } from "../access/organization-access.ts";
import { notFound } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { readId } from "../read-id.ts";
import type { MemberRow } from "./describe-members.ts";

/** The parameters that name a member of an organization. */
export const MemberParams = OrganizationParams.extend({ member: z.string().describe("The person's id.") });

export type AtMember = { readonly access: Access; readonly member: MemberRow };

/** An operation about one member. 404 when no member has this id. */
export const atMember: Locator<z.output<typeof MemberParams>, AtMember> = {
  params: MemberParams,
  async locate({ db, actor, scope }, { organization, member: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const member = await findMember(db, access.organization.id, readId(id));
    if (!member) throw notFound();
    return { access, member };
  },
};

async function findMember(db: Reader, organizationId: number, userId: number): Promise<MemberRow | undefined> {
  const { members, users } = db.tables;
  const [row] = await db
    .select({ user: users, role: members.role, dateCreated: members.dateCreated })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  return row;
}
