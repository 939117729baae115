import { signIn } from "@landfall/testing/network/sign-in";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ORGANIZATION_PAGES } from "./organization-pages.ts";
import { type ServedOrganization, type ServedPages, servedPages } from "./served-pages.ts";

const MINE = "organization-of-mine";
const NOWHERE = "organization-nowhere";

const OF_MANAGERS = ["settings/audit", "people/mailmap"];

/** An answer without what is different in each: the organization's part of the address, and the nonce. */
const besidesAddress = (text: string): string =>
  text
    .replaceAll(MINE, "…")
    .replaceAll(NOWHERE, "…")
    .replaceAll(/"?nonce\\?"?[=:]\\?"[^"\\]*\\?"/g, "nonce");

/** Who may look at which page. What pages show of it is what the operations tell, whose own tests say who is told what. */
describe("the pages of an organization", () => {
  let served: ServedPages;
  let mine: ServedOrganization;
  let theirs: ServedOrganization;
  let member: string;
  beforeAll(async () => {
    served = await servedPages();
    const size = { releases: 12, people: 6, projects: 2, days: 20 };
    mine = await served.makeOrganization(MINE, size);
    theirs = await served.makeOrganization("theirs", size);
    const { members, organizations } = served.app.store.read.tables;
    const rows = await served.app.store.read
      .select({ userId: members.userId, role: members.role })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      .where(eq(organizations.slug, MINE));
    member = (await signIn(served.app, Number(rows.find(({ role }) => role === "member")?.userId))).cookie;
  }, 60_000);
  afterAll(() => served[Symbol.asyncDispose]());

  const routes = Object.entries(ORGANIZATION_PAGES);

  test.each(routes)("%s sends nobody to sign in, and back to it", async (_route, pathOf) => {
    const path = pathOf(mine.facts);
    const { status, location } = await served.look(MINE, path, null);
    expect(status).toBe(307);
    expect(location).toBe(`/sign-in?next=${encodeURIComponent(`/organizations/${MINE}${path}`)}`);
  });

  test.each(routes)("%s is not there for people of another organization, who learn nothing from that", async (_route, pathOf) => {
    const refused = await served.look(MINE, pathOf(mine.facts), theirs.owner);
    const missing = await served.look(NOWHERE, pathOf(mine.facts), theirs.owner);
    expect([refused.status, missing.status]).toEqual([404, 404]);
    expect(besidesAddress(refused.text)).toBe(besidesAddress(missing.text));
  });

  test.each(routes)("%s is there for members, but for what only managers see", async (route, pathOf) => {
    const { status } = await served.look(MINE, pathOf(mine.facts), member);
    expect(status).toBe(OF_MANAGERS.includes(route) ? 404 : 200);
  });
});
