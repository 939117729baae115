import { countedStore } from "@landfall/testing/counted-store";
import { callers, type Callers } from "@landfall/testing/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { createRelease } from "../releases/create-release.ts";
import { listOrgTokenDetails } from "./browse-org-tokens.ts";
import { createOrgToken } from "./create-org-token.ts";
import { createUserToken } from "./create-user-token.ts";
import { listTokens } from "./list-tokens.ts";
import { revokeOrgToken } from "./revoke-org-token.ts";
import { rotateOrgToken } from "./rotate-org-token.ts";

let bench: TestApp;
let as: Callers;
let owner: Context;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme", { openMembership: false, teams: ["web"], projects: { web: "web" } });
  await bench.given.user("owner@acme.test", { ...acme, name: "Olga", role: "owner" });
  await bench.given.user("web@acme.test", { ...acme, teams: ["web"] });
  await bench.given.user("none@acme.test", acme);
  owner = await as.person("owner@acme.test");
});
afterEach(() => bench.close());

/** Reports a release with a token, and stores that it was used. */
async function use(token: string): Promise<void> {
  await createRelease(await as.bearer(token), { ...acme, version: "1.0", projects: ["web"] });
  await bench.recordTokenUses();
}

describe("browseOrgTokens", () => {
  it("tells of a token who made it, when it ends, and what it was used for last", async () => {
    const made = await createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires: "2026-02-01T00:00:00Z" }));
    bench.clock.advance(1000);
    await use(made.token);
    expect((await listOrgTokenDetails(owner, acme)).items).toEqual([
      {
        id: made.id,
        kind: "organization",
        name: "CI",
        scopes: ["org:ci"],
        tokenLastCharacters: made.token.slice(-4),
        dateCreated: "2026-01-02T03:04:05.678Z",
        dateExpires: "2026-02-01T00:00:00Z",
        dateLastUsed: "2026-01-02T03:04:06.678Z",
        lastUsedClient: "sentry-cli/3.8.0",
        createdBy: { id: expect.stringMatching(/^\d+$/), name: "Olga", email: "owner@acme.test", isMember: true },
        hasParent: true,
        children: 0,
        projectLastUsed: { organization: "acme", slug: "web", name: "web" },
      },
    ]);
  });

  it("names a project only to who reaches it", async () => {
    const { token } = await createOrgToken(owner, { ...acme, name: "CI" });
    await use(token);
    const seenBy = async (email: string) => (await listOrgTokenDetails(await as.person(email), acme)).items[0]?.projectLastUsed;
    expect(await seenBy("web@acme.test")).toMatchObject({ slug: "web" });
    expect(await seenBy("none@acme.test")).toBeNull();
  });

  it("shows a token that was never used and made by nobody, one that is being replaced, and none that was revoked", async () => {
    await bench.given.orgToken("acme");
    const old = await createOrgToken(owner, { ...acme, name: "old" });
    const gone = await createOrgToken(owner, { ...acme, name: "gone" });
    await revokeOrgToken(owner, { ...acme, token: gone.id });
    await rotateOrgToken(owner, { ...acme, token: old.id });
    const { items } = await listOrgTokenDetails(owner, acme);
    expect(items.map(({ name, dateExpires, createdBy }) => [name, dateExpires, createdBy?.name ?? null])).toEqual([
      ["old", null, "Olga"],
      ["old", "2026-01-03T03:04:05.678Z", "Olga"],
      [expect.stringMatching(/^token/), null, null],
    ]);
  });

  it("pages, in as many statements whatever the number of tokens", async () => {
    for (let made = 0; made < 5; made += 1) await createOrgToken(owner, { ...acme, name: `t${made}` });
    const counted = countedStore(bench.app.store);
    const context = { ...owner, store: counted.store };
    const first = await listOrgTokenDetails(context, { ...acme, per_page: "3" });
    expect(counted.taken()).toBe(3);
    const rest = await listOrgTokenDetails(context, { ...acme, per_page: "3", cursor: first.next?.cursor });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(["t4", "t3", "t2", "t1", "t0"]);
  });

  it("shows nothing of another organization, and is closed to it and to CI", async () => {
    await createOrgToken(owner, { ...acme, name: "CI" });
    await bench.given.organization("globex");
    await bench.given.user("eve@globex.test", { organization: "globex", role: "owner" });
    const eve = await as.person("eve@globex.test");
    expect((await listOrgTokenDetails(eve, { organization: "globex" })).items).toEqual([]);
    await expect(listOrgTokenDetails(eve, acme)).rejects.toMatchObject({ code: "not_found" });
    await expect(listOrgTokenDetails(await as.ci("acme"), acme)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("listTokens", () => {
  it("tells the last project of an own token, while its organization is theirs", async () => {
    const { token } = await createUserToken(owner, { name: "laptop", scopes: ["project:releases"] });
    await use(token);
    const seen = async () => (await listTokens(owner, {})).items[0];
    expect(await seen()).toMatchObject({
      name: "laptop",
      createdBy: { name: "Olga" },
      projectLastUsed: { organization: "acme", slug: "web" },
    });
    await bench.app.store.transaction(async (tx) => {
      const { members } = tx.tables;
      await tx.delete(members).where(eq(members.role, "owner"));
    });
    expect(await seen()).toMatchObject({ name: "laptop", lastUsedClient: "sentry-cli/3.8.0", projectLastUsed: null });
  });
});
