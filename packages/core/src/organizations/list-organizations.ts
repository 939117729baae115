import type { Reader } from "@landfall/db/store";
import { ListOrganizationsInput } from "@landfall/schema/inputs/organization";
import type { OrganizationView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq, inArray, or, type SQL } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import { atNothing } from "../access/at-nothing.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { containsText } from "../releases/list/contains-text.ts";
import { describeOrganization } from "./describe-organization.ts";
import { ORGANIZATION_READ } from "./organization-scopes.ts";

/** The organizations the caller belongs to, by slug; of an organization's token, its own (contract 11.2). */
export const listOrganizations = query({
  scope: ORGANIZATION_READ,
  at: atNothing,
  input: ListOrganizationsInput,
  run: async ({ db, actor, context }, input): Promise<Page<OrganizationView>> => {
    const { organizations } = db.tables;
    const window = offsetWindow(input);
    const { query: part = "" } = input;
    const rows = await db
      .select()
      .from(organizations)
      .where(and(belongsTo(db, actor), or(containsText(organizations.slug, part), containsText(organizations.name, part))))
      .orderBy(asc(organizations.slug))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeOrganization(row, context.origin)), ...links };
  },
});

function belongsTo(db: Reader, actor: Actor): SQL | undefined {
  const { organizations, members } = db.tables;
  switch (actor.kind) {
    case "user":
      return inArray(organizations.id, db.select({ id: members.organizationId }).from(members).where(eq(members.userId, actor.userId)));
    case "organization":
    case "hook":
      return eq(organizations.id, actor.organizationId);
    case "system":
      return undefined;
  }
}
