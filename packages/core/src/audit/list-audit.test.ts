import { callers } from "@landfall/testing/callers";
import { countedStore } from "@landfall/testing/counted-store";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { directRows } from "@landfall/testing/direct-rows";
import { signIn } from "@landfall/testing/sign-in";
import type { ListAuditInput } from "@landfall/schema/inputs/audit";
import type * as z from "zod";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { updateOrganization } from "../organizations/update-organization.ts";
import { resetPassword } from "../passwords/reset-password.ts";
import { SYSTEM_ACTOR } from "../provisioning/system-actor.ts";
import { createRelease } from "../releases/create-release.ts";
import { createUserToken } from "../tokens/create-user-token.ts";
import { listAudit } from "./list-audit.ts";
import { recordAudit } from "./record-audit.ts";
import { SCAN_LIMIT } from "./scanned-page.ts";

describe.each(["sqlite", "pglite"] as const)("listAudit over %s", (kind) => {
  let bench: TestApp;
  let owner: Context;
  let ids: { acme: number; globex: number; ada: number; eve: number };
  beforeEach(async () => {
    bench = await createTestApp(kind);
    const acme = (await bench.given.organization("acme")).id;
    const globex = (await bench.given.organization("globex")).id;
    await bench.given.project("acme", "pump");
    const ada = (await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme", role: "owner" })).id;
    const eve = (await bench.given.user("eve@globex.test", { name: "Eve", organization: "globex", role: "owner" })).id;
    ids = { acme, globex, ada, eve };
    owner = await callers(bench.app, bench.given).person("ada@acme.test");
  });
  afterEach(() => bench.close());

  const list = (input: z.input<typeof ListAuditInput> = {}, context = owner) => listAudit(context, { organization: "acme", ...input });
  const targets = async (input?: z.input<typeof ListAuditInput>) => (await list(input)).items.map(({ target }) => target);
  const record = (entry: { action?: string; target: string; organizationId?: number | null; details?: Record<string, unknown> }) =>
    bench.app.store.transaction((tx) =>
      recordAudit(
        { tx, actor: SYSTEM_ACTOR, now: bench.clock.now(), context: { ...owner, requestId: "r-1" } },
        { organizationId: ids.acme, action: "release.create", ...entry },
      ),
    );

  it("tells what was done, by whom, when and in which request", async () => {
    await updateOrganization(owner, { organization: "acme", name: "Acme Inc." });
    bench.clock.advance(1000);
    await record({ target: "1.0", details: { before: { ref: null }, after: { ref: "main" } } });
    await record({ target: "2.0" });
    const { items, next } = await list();
    expect(next).toMatchObject({ hasResults: false });
    expect(items).toMatchObject([
      { target: "2.0", before: null, after: null, actor: { kind: "system" } },
      { target: "1.0", before: { ref: null }, after: { ref: "main" }, requestId: "r-1", date: "2026-01-02T03:04:06.678Z" },
      {
        id: expect.stringMatching(/^\d+$/),
        date: "2026-01-02T03:04:05.678Z",
        actor: { label: `user:${ids.ada}`, kind: "user", name: "Ada", email: "ada@acme.test" },
        action: "organization.update",
        target: "acme",
        before: { name: "acme" },
        after: { name: "Acme Inc." },
        requestId: null,
      },
    ]);
  });

  it("filters by actor: a label, an address of a member, and an address that is nobody's", async () => {
    await directRows(bench.app.store).secondEmail("ada@acme.test", "ada@home.test");
    await createRelease(await callers(bench.app, bench.given).ci("acme"), { organization: "acme", version: "1.0", projects: ["pump"] });
    await updateOrganization(owner, { organization: "acme", name: "Acme Inc." });
    await record({ target: "2.0" });
    expect(await targets({ actor: "system" })).toEqual(["2.0"]);
    expect(await targets({ actor: `user:${ids.ada}` })).toEqual(["acme"]);
    expect(await targets({ actor: " Ada@HOME.test" })).toEqual(["acme"]);
    expect(await targets({ actor: "eve@globex.test" })).toEqual([]);
    expect(await targets({ actor: "token:999" })).toEqual([]);
    expect(await targets({ actor: "" })).toEqual(["2.0", "acme", "1.0"]);
  });

  it("finds what somebody did who was deactivated since", async () => {
    await updateOrganization(owner, { organization: "acme", name: "Acme Inc." });
    const after = callers(bench.app, bench.given);
    await bench.given.user("boss@acme.test", { organization: "acme", role: "owner" });
    await directRows(bench.app.store).deactivate("ada@acme.test");
    const { items } = await list({ actor: "ada@acme.test" }, await after.person("boss@acme.test"));
    expect(items).toMatchObject([{ action: "organization.update", actor: { name: "Ada" } }]);
  });

  it("filters by action, or by all that is done to a kind of thing", async () => {
    for (const action of ["release.create", "release.update", "releases.odd", "release", "deploy.create"])
      await record({ action, target: action });
    expect(await targets({ action: "release.update" })).toEqual(["release.update"]);
    expect(await targets({ action: "release" })).toEqual(["release", "release.update", "release.create"]);
    expect(await targets({ action: "%" })).toEqual([]);
  });

  it("filters by target and by time, where the beginning counts and the end does not", async () => {
    for (const [target, time] of [
      ["a", "10:00"],
      ["b", "11:00"],
      ["a", "12:00"],
    ] as const) {
      bench.clock.set(`2026-03-01T${time}:00Z`);
      await record({ target });
    }
    const [from, to] = ["2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"];
    expect(await targets({ target: "a" })).toEqual(["a", "a"]);
    expect(await targets({ target: "A" })).toEqual([]);
    expect(await targets({ from, to })).toEqual(["b"]);
    expect((await list({ target: "a", from })).items.map(({ date }) => date)).toEqual(["2026-03-01T12:00:00Z"]);
    expect(await targets({ target: "a", from: to, to: from })).toEqual([]);
  });

  it("shows how members signed in and changed their passwords and tokens, and nobody else's", async () => {
    await signIn(bench.app, ids.ada, { ipAddress: "192.0.2.7" });
    await signIn(bench.app, ids.eve);
    await createUserToken(owner, { name: "laptop", scopes: ["org:read"] });
    await resetPassword(owner, { email: "ada@acme.test", password: "correct horse battery" });
    await resetPassword(owner, { email: "eve@globex.test", password: "correct horse battery" });
    const { items } = await list();
    expect(items.map(({ action, target, actor }) => [action, target, actor.name])).toEqual([
      ["user.reset_password", "ada@acme.test", "system"],
      ["token.create", "laptop", "Ada"],
      ["session.create", "ada@acme.test", "Ada"],
    ]);
    expect(items[2]).toMatchObject({ after: { ipAddress: "192.0.2.7" } });
    expect(await targets({ action: "session", actor: "ada@acme.test" })).toEqual(["ada@acme.test"]);
    expect((await list({ target: "eve@globex.test" })).items).toEqual([]);
  });

  it("does not show what somebody did before they joined", async () => {
    const { store } = bench.app;
    await signIn(bench.app, ids.eve);
    bench.clock.advance(1000);
    const dateCreated = bench.clock.now();
    await store.transaction((tx) =>
      tx.insert(tx.tables.members).values({ organizationId: ids.acme, userId: ids.eve, role: "member", dateCreated }),
    );
    expect((await list()).items).toEqual([]);
    await signIn(bench.app, ids.eve);
    expect((await list()).items).toMatchObject([{ action: "session.create", actor: { name: "Eve" } }]);
  });

  it("shows nothing of another organization, nor of the server", async () => {
    await record({ target: "globex", organizationId: ids.globex });
    await record({ target: "ada@acme.test", organizationId: ids.globex, action: "user.set_password" });
    await record({ target: "server", organizationId: null, action: "server.start" });
    await record({ target: "eve@globex.test", organizationId: null, action: "user.create" });
    expect((await list()).items).toEqual([]);
    await expect(list({}, await callers(bench.app, bench.given).person("eve@globex.test"))).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [{ from: "yesterday" }, "invalid"],
    [{ per_page: 101 }, "invalid"],
    [{ cursor: "x" }, "invalid"],
  ])("refuses %j", async (input, code) => {
    await expect(list(input)).rejects.toMatchObject({ code });
  });

  it.each(["\0", "\uD800", "'; drop", "%", "user:999999999999999999999999", "@", "🚀"])("answers an empty list for %j", async (odd) => {
    await record({ target: "1.0" });
    for (const input of [{ action: odd === "\0" ? "x" : odd }, { target: `x${odd}` }, { actor: `x${odd}` }])
      expect((await list(input)).items).toEqual([]);
  });

  it("goes on behind 20,000 rows that do not pass, in a few statements a page", async () => {
    const { store } = bench.app;
    await record({ target: "first", action: "deploy.create" });
    const row = { organizationId: ids.acme, actor: "system", action: "release.create", target: "1.0", dateCreated: bench.clock.now() };
    await store.transaction(async (tx) => {
      for (let made = 0; made < SCAN_LIMIT; made += 1000) await tx.insert(tx.tables.auditLog).values(Array.from({ length: 1000 }, () => row));
    });
    const counted = countedStore(store);
    const context = { ...owner, store: counted.store };
    const first = await list({ action: "deploy" }, context);
    expect(first).toMatchObject({ items: [], next: { hasResults: true } });
    expect(counted.taken()).toBe(3);
    const second = await list({ action: "deploy", cursor: first.next?.cursor }, context);
    expect(second).toMatchObject({ items: [{ target: "first" }], next: { hasResults: false } });
    expect(counted.taken()).toBe(3);
    await list({ actor: "ada@acme.test" }, context);
    expect(counted.taken()).toBe(4);
  });
});
