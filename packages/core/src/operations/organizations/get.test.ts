import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { getOrganization, listOrganizations } from "./get.ts";
import { updateOrganization } from "./update.ts";

let bench: TestApp;
let as: Callers;
let ada: Context;

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  for (const slug of ["beta", "acme", "gamma"]) await bench.given.organization(slug);
  await bench.given.user("ada@acme.test", { organization: "acme", role: "owner" });
  await bench.given.user("mem@acme.test", { organization: "acme" });
  ada = await as.person("ada@acme.test");
});

afterEach(() => bench.close());

const slugs = (page: { items: { slug: string }[] }) => page.items.map(({ slug }) => slug);

describe("listOrganizations", () => {
  it("lists only those of the caller, with all fields that clients need (11.2)", async () => {
    const { items } = await listOrganizations(ada, {});
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        slug: "acme",
        name: "acme",
        dateCreated: "2020-01-01T00:00:00Z",
        status: { id: "active", name: "active" },
        isEarlyAdopter: false,
        require2FA: false,
        requireEmailVerification: false,
        hasAuthProvider: false,
        allowJoinLeave: true,
        avatar: { avatarType: "letter_avatar", avatarUuid: null },
        features: [],
        links: { organizationUrl: "http://landfall.test/organizations/acme/", regionUrl: "http://landfall.test" },
      },
    ]);
  });

  it("lists the one organization of a CI token, and all for the system", async () => {
    expect(slugs(await listOrganizations(await as.ci("beta"), {}))).toEqual(["beta"]);
    expect(slugs(await listOrganizations({ ...ada, actor: SYSTEM_ACTOR }, {}))).toEqual(["acme", "beta", "gamma"]);
  });

  it("is empty for a user without organizations", async () => {
    await bench.given.user("alone@acme.test");
    expect(await listOrganizations(await as.person("alone@acme.test"), {})).toMatchObject({ items: [], next: { hasResults: false } });
  });

  it("filters by part of a slug or name in any case, with literal wildcards", async () => {
    const all = { ...ada, actor: SYSTEM_ACTOR };
    expect(slugs(await listOrganizations(all, { query: "ET" }))).toEqual(["beta"]);
    expect(slugs(await listOrganizations(all, { query: "a" }))).toEqual(["acme", "beta", "gamma"]);
    expect(slugs(await listOrganizations(all, { query: "%" }))).toEqual([]);
    expect(slugs(await listOrganizations(all, { query: "_" }))).toEqual([]);
  });

  it("pages by slug", async () => {
    const all = { ...ada, actor: SYSTEM_ACTOR };
    const first = await listOrganizations(all, { per_page: 2 });
    const second = await listOrganizations(all, { per_page: 2, cursor: first.next?.cursor });
    expect([slugs(first), slugs(second)]).toEqual([["acme", "beta"], ["gamma"]]);
  });

  it("requires a scope to see organizations", async () => {
    await expect(listOrganizations(await as.anonymous(), {})).rejects.toThrow(refusal("unauthenticated"));
    await expect(listOrganizations(await as.person("ada@acme.test", ["project:admin"]), {})).rejects.toThrow(refusal("forbidden"));
  });
});

describe("getOrganization", () => {
  it("is found by slug and by id, with the permissions of the caller", async () => {
    const bySlug = await getOrganization(ada, { organization: "acme" });
    expect(bySlug).toMatchObject({ slug: "acme", openMembership: true, orgRole: "owner", links: { regionUrl: "http://landfall.test" } });
    expect(bySlug.access).toContain("org:admin");
    expect(await getOrganization(ada, { organization: bySlug.id })).toEqual(bySlug);
  });

  it("returns the scopes that both the token and the role allow", async () => {
    const member = await getOrganization(await as.person("mem@acme.test", ["org:admin", "project:releases"]), { organization: "acme" });
    expect(member).toMatchObject({ orgRole: "member", access: ["org:read", "project:releases"] });
    expect(await getOrganization(await as.ci("acme"), { organization: "acme" })).toMatchObject({ orgRole: null, access: ["org:ci"] });
  });

  it("is 404 if unknown and 403 if the caller is not a member", async () => {
    await expect(getOrganization(ada, { organization: "nope" })).rejects.toThrow(refusal("not_found"));
    await expect(getOrganization(ada, { organization: "beta" })).rejects.toThrow(refusal("not_found"));
    await expect(getOrganization(await as.ci("acme"), { organization: "beta" })).rejects.toThrow(refusal("not_found"));
  });
});

describe("updateOrganization", () => {
  const update = (context: Context, input: unknown) => updateOrganization.call(context, { organization: "acme" }, () => input);
  const auditLog = () => bench.app.store.read.select().from(bench.app.store.read.tables.auditLog);

  it("changes the given fields, keeps the rest, and records the change", async () => {
    expect(await update(ada, { name: " Acme Inc. ", openMembership: false })).toMatchObject({
      slug: "acme",
      name: "Acme Inc.",
      openMembership: false,
    });
    expect(await getOrganization(ada, { organization: "acme" })).toMatchObject({ name: "Acme Inc.", openMembership: false });
    expect(await auditLog()).toMatchObject([
      {
        action: "organization.update",
        target: "acme",
        details: { before: { name: "acme", openMembership: true }, after: { name: "Acme Inc.", openMembership: false } },
      },
    ]);
  });

  it("writes nothing if nothing changes", async () => {
    expect(await update(ada, {})).toMatchObject({ slug: "acme" });
    expect(await update(ada, { name: "acme", slug: "acme", openMembership: true })).toMatchObject({ slug: "acme" });
    expect(await auditLog()).toEqual([]);
  });

  it("changes the slug, and is found by the old one, too", async () => {
    expect(await update(ada, { slug: "acme-2" })).toMatchObject({ slug: "acme-2", name: "acme" });
    for (const organization of ["acme", "acme-2"]) expect(await getOrganization(ada, { organization })).toMatchObject({ slug: "acme-2" });
  });

  it.each([
    [{ slug: "beta" }, "slug", 'The slug "beta" is already in use.'],
    [{ slug: "123" }, "slug", expect.any(String)],
    [{ slug: "A" }, "slug", expect.any(String)],
    [{ name: "" }, "name", "This field may not be blank."],
    [{ name: "x".repeat(65) }, "name", "Ensure this field has no more than 64 characters."],
    [{ openMembership: "yes" }, "openMembership", "Must be a valid boolean."],
  ])("refuses %j and changes nothing", async (input, field, message) => {
    const before = await getOrganization(ada, { organization: "acme" });
    await expect(update(ada, { name: "new", ...input })).rejects.toThrow(
      expect.objectContaining({ code: "invalid", issues: [{ path: [field], message }] }),
    );
    expect(await getOrganization(ada, { organization: "acme" })).toEqual(before);
    expect(await auditLog()).toEqual([]);
  });

  it("requires a scope that may change the organization", async () => {
    for (const caller of [await as.person("mem@acme.test"), await as.person("ada@acme.test", ["org:read"]), await as.ci("acme")]) {
      await expect(update(caller, { name: "x" })).rejects.toThrow(refusal("forbidden"));
    }
  });
});
