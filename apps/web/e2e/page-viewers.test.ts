import { signIn } from "@landfall/testing/network/sign-in";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ORGANIZATION_PAGES } from "./organization-pages.ts";
import { type ServedOrganization, type ServedPages, servedPages } from "./served-pages.ts";

const OWN = "organization-of-mine";
const MISSING = "organization-nowhere";

const MANAGER_PAGES = ["settings/audit", "people/mailmap"];

/** Returns a response without what differs in each: the slug of the organization and the nonce. */
const normalized = (text: string): string =>
  text
    .replaceAll(OWN, "…")
    .replaceAll(MISSING, "…")
    .replaceAll(/"?nonce\\?"?[=:]\\?"[^"\\]*\\?"/g, "nonce");

/** Who can open which page. The tests of the operations prove what each viewer gets. */
describe("the pages of an organization", () => {
  let served: ServedPages;
  let own: ServedOrganization;
  let other: ServedOrganization;
  let member: string;
  beforeAll(async () => {
    served = await servedPages();
    const size = { releases: 12, people: 6, projects: 2, days: 20 };
    own = await served.makeOrganization(OWN, size);
    other = await served.makeOrganization("theirs", size);
    const { members, organizations } = served.app.store.read.tables;
    const rows = await served.app.store.read
      .select({ userId: members.userId, role: members.role })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      .where(eq(organizations.slug, OWN));
    member = (await signIn(served.app, Number(rows.find(({ role }) => role === "member")?.userId))).cookie;
  }, 60_000);
  afterAll(() => served[Symbol.asyncDispose]());

  const routes = Object.entries(ORGANIZATION_PAGES);

  test.each(routes)("%s redirects signed-out viewers to sign-in, and back", async (_route, pathOf) => {
    const path = pathOf(own.facts);
    const { status, location } = await served.get(OWN, path, null);
    expect(status).toBe(307);
    expect(location).toBe(`/sign-in?next=${encodeURIComponent(`/organizations/${OWN}${path}`)}`);
  });

  test.each(routes)("%s responds to members of another organization as if it did not exist", async (_route, pathOf) => {
    const refused = await served.get(OWN, pathOf(own.facts), other.owner);
    const missing = await served.get(MISSING, pathOf(own.facts), other.owner);
    expect([refused.status, missing.status]).toEqual([404, 404]);
    expect(normalized(refused.text)).toBe(normalized(missing.text));
  });

  test.each(routes)("%s can be opened by members, unless it is only for managers", async (route, pathOf) => {
    const { status } = await served.get(OWN, pathOf(own.facts), member);
    expect(status).toBe(MANAGER_PAGES.includes(route) ? 404 : 200);
  });
});
