import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { createRepository, deleteRepository, updateRepository } from "./create-update-delete.ts";
import { listRepositories } from "./list.ts";

let bench: TestApp;
let as: Callers;
let ci: Context;
let owner: Context;
let organizationId: number;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  organizationId = (await bench.given.organization("acme")).id;
  await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
  await bench.given.user("mem@acme.test", acme);
  ci = await as.ci("acme");
  owner = await as.person("owner@acme.test");
});

afterEach(() => bench.close());

/** Stores a repository and returns its id. */
const given = (name: string, status = "active") =>
  bench.app.store.transaction(async (tx) => {
    const [row] = await tx
      .insert(tx.tables.repositories)
      .values({ organizationId, name, status, dateCreated: new Date(0) })
      .returning();
    return String(row?.id);
  });

const statusOf = async (id: string) => {
  const { repositories } = bench.app.store.read.tables;
  const [row] = await bench.app.store.read
    .select()
    .from(repositories)
    .where(eq(repositories.id, Number(id)));
  return row?.status;
};

const audit = async () => {
  const { auditLog } = bench.app.store.read.tables;
  const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
  return rows.map(({ action, target }) => `${action} ${target}`);
};

const names = async (input: object = {}, context = ci) =>
  (await listRepositories.call(context, acme, () => input)).items.map(({ name }) => name);

const failure = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

describe("listRepositories (10.7)", () => {
  it("lists the repositories that commits have named, with an unknown provider (12.5)", async () => {
    await bench.given.project("acme", "web");
    await createRelease(ci, { ...acme, version: "1", projects: ["web"], commits: [{ id: "a".repeat(40), repository: "Acme/Web" }] });
    expect((await listRepositories(ci, acme)).items).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        name: "Acme/Web",
        url: null,
        provider: { id: "unknown", name: "Unknown Provider" },
        status: "active",
        dateCreated: "2026-01-02T03:04:05.678Z",
        integrationId: null,
        externalSlug: null,
        externalId: null,
      },
    ]);
  });

  it("sorts by name, without repositories of other organizations", async () => {
    for (const name of ["web", "Acme/api", "acme/app"]) await given(name);
    expect(await names()).toEqual(["Acme/api", "acme/app", "web"]);
    await bench.given.organization("other");
    expect(await listRepositories(await as.ci("other"), { organization: "other" })).toMatchObject({ items: [] });
    await expect(listRepositories(ci, { organization: "other" })).rejects.toThrow(failure("not_found"));
  });

  it.each([
    ["acme", ["Acme/Web", "acme/a_b", "old-acme"]],
    ["ACME/w", ["Acme/Web"]],
    ["a_b", ["acme/a_b"]],
    ["%", ["50%off"]],
    ["", ["50%off", "Acme/Web", "acme/a_b", "old-acme"]],
    ["nope", []],
    ["\0", ["50%off", "Acme/Web", "acme/a_b", "old-acme"]],
  ])("finds part of a name in any case: %j", async (query, found) => {
    for (const name of ["Acme/Web", "acme/a_b", "old-acme", "50%off"]) await given(name);
    expect(await names({ query })).toEqual(found);
  });

  it.each([
    [{}, ["on"]],
    [{ status: "active" }, ["on"]],
    [{ status: "deleted" }, ["off", "deleting", "removed"]],
    [{ status: "" }, ["on", "off", "deleting", "removed"]],
    [{ status: "unmigratable" }, []],
    [{ status: "disabled" }, []],
    [{ status: "toString" }, []],
    [{ integration_id: "1" }, []],
    [{ integration_id: "" }, ["on"]],
  ])("filters by status: %j", async (input, found) => {
    const all = { on: "active", off: "disabled", deleting: "pending_deletion", removed: "deletion_in_progress" };
    for (const [name, status] of Object.entries(all)) await given(name, status);
    expect(await names(input)).toEqual(found.toSorted());
  });

  it("returns pages, and accepts the empty cursor that sentry-cli starts with", async () => {
    for (const name of ["a", "b", "c"]) await given(name);
    expect(await names({ cursor: "" })).toEqual(["a", "b", "c"]);
    expect(await names({ per_page: "2" })).toEqual(["a", "b"]);
    expect(await names({ per_page: "2", cursor: "2:1:0" })).toEqual(["c"]);
    await expect(names({ cursor: "2:-1:1" })).rejects.toThrow("Pagination offset cannot be negative");
  });

  it.each([["org:read"], ["org:write"], ["org:admin"], ["org:integrations"], ["org:ci"]] as const)("is open to %s", async (scope) => {
    expect(await names({}, await as.person("owner@acme.test", [scope]))).toEqual([]);
  });

  it("requires its scopes", async () => {
    await expect(names({}, await as.person("owner@acme.test", ["project:admin", "project:releases"]))).rejects.toThrow(
      failure("forbidden"),
    );
  });
});

describe("createRepository (10.8)", () => {
  it.each([{}, { provider: "github", name: "x" }, { provider: 7 }])("fails without a provider: %j", async (input) => {
    await expect(createRepository.call(owner, acme, () => input)).rejects.toThrow(failure("invalid", { reason: "validation", issues: [] }));
    expect(await names({ status: "" })).toEqual([]);
  });

  it("requires a member: 401 with an empty body for an organization token with the scope, 403 for a CI token", async () => {
    const key = await as.bearer(await bench.given.orgToken("acme", ["org:write"]));
    await expect(createRepository(key, acme)).rejects.toThrow(failure("unauthenticated", { reason: "empty" }));
    await expect(createRepository(ci, acme)).rejects.toThrow(failure("forbidden"));
  });
});

describe("updateRepository (10.9)", () => {
  const update = (repository: string, input: unknown, context = owner) =>
    updateRepository.call(context, { ...acme, repository }, () => input);

  it("hides and shows a repository", async () => {
    const id = await given("acme/web");
    expect(await update(id, { status: "hidden" })).toMatchObject({ id, name: "acme/web", url: null, status: "disabled" });
    expect(await names()).toEqual([]);
    expect(await update(id, { status: "visible" })).toMatchObject({ status: "active" });
    expect(await update(id, { status: "active" })).toMatchObject({ status: "active" });
    expect(await audit()).toEqual(["repository.update acme/web", "repository.update acme/web"]);
  });

  it("changes name and URL, with one audit event", async () => {
    const id = await given("origin");
    const changed = { name: "acme/web", url: "https://x.test/acme/web" };
    expect(await update(id, { ...changed, url: "git@x.test:acme/web.git" })).toMatchObject({ id, ...changed });
    expect(await update(id, changed)).toMatchObject(changed);
    expect(await audit()).toEqual(["repository.update origin"]);
  });

  it("cancels a deletion that has not started, and fails with an empty body if it has", async () => {
    const pending = await given("a", "pending_deletion");
    expect(await update(pending, { status: "active" })).toMatchObject({ status: "active" });
    const begun = await given("b", "deletion_in_progress");
    await expect(update(begun, { status: "active" })).rejects.toThrow(failure("invalid", { reason: "empty" }));
  });

  it("does not show two repositories with the same name", async () => {
    const hidden = await given("acme/web", "disabled");
    await given("acme/web");
    await expect(update(hidden, { status: "active" })).rejects.toThrow(failure("conflict"));
    expect(await statusOf(hidden)).toBe("disabled");
    expect(await audit()).toEqual([]);
  });

  it("changes nothing for an empty body, and finds no integration", async () => {
    const id = await given("acme/web");
    expect(await update(id, {})).toMatchObject({ status: "active" });
    expect(await update(id, { integrationId: "" })).toMatchObject({ status: "active" });
    for (const integrationId of [1, "1"]) await expect(update(id, { integrationId })).rejects.toThrow(failure("not_found"));
  });

  it("rejects other statuses at the field", async () => {
    const id = await given("acme/web");
    for (const status of ["deleted", "pending_deletion", ""]) {
      await expect(update(id, { status })).rejects.toThrow(failure("invalid", { issues: [expect.objectContaining({ path: ["status"] })] }));
    }
  });

  it("returns 404 for unknown ids and ids of another organization, 403 for CI tokens and members", async () => {
    const id = await given("acme/web");
    await bench.given.organization("other");
    await bench.given.user("olga@other.test", { organization: "other", role: "owner" });
    const olga = await as.person("olga@other.test");
    await expect(updateRepository(olga, { organization: "other", repository: id, status: "hidden" })).rejects.toThrow(failure("not_found"));
    for (const other of ["0", "x", "99999999999"]) await expect(update(other, {})).rejects.toThrow(failure("not_found"));
    for (const caller of [ci, await as.person("mem@acme.test")])
      await expect(update(id, { status: "hidden" }, caller)).rejects.toThrow(failure("forbidden"));
  });
});

describe("deleteRepository (10.9)", () => {
  it("removes it from the list; a commit that names it creates a new one", async () => {
    const id = await given("acme/web");
    expect(await deleteRepository(owner, { ...acme, repository: id })).toMatchObject({ id, name: "acme/web", status: "pending_deletion" });
    expect(await names()).toEqual([]);
    await bench.given.project("acme", "web");
    await createRelease(ci, { ...acme, version: "1", projects: ["web"], commits: [{ id: "a".repeat(40), repository: "acme/web" }] });
    expect(await names()).toEqual(["acme/web"]);
    expect(await names({ status: "deleted" })).toEqual(["acme/web"]);
  });

  it("changes and records nothing the second time", async () => {
    const id = await given("acme/web");
    for (let times = 0; times < 2; times += 1)
      expect(await deleteRepository(owner, { ...acme, repository: id })).toMatchObject({ status: "pending_deletion" });
    expect(await audit()).toEqual(["repository.delete acme/web"]);
    const begun = await given("b", "deletion_in_progress");
    expect(await deleteRepository(owner, { ...acme, repository: begun })).toMatchObject({ status: "deletion_in_progress" });
  });

  it("requires org:admin or org:integrations", async () => {
    const id = await given("acme/web");
    for (const scope of ["org:write", "org:ci", "project:admin"] as const) {
      await expect(deleteRepository(await as.person("owner@acme.test", [scope]), { ...acme, repository: id })).rejects.toThrow(
        failure("forbidden"),
      );
    }
    expect(await deleteRepository(await as.person("owner@acme.test", ["org:integrations"]), { ...acme, repository: id })).toMatchObject({
      id,
    });
  });
});
