import type { Store } from "@landfall/db/store";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openOrganization } from "../access/organization-access.ts";
import { findFilteredRepository } from "../operations/commits/list-in-release.ts";
import { ensureRepositories, findRepositories, unnamedRepository } from "./repositories.ts";

const NOW = new Date("2026-01-01T00:00:00.000Z");

describe.each(["sqlite", "pglite"] as const)("repositories in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let acme: number;
  let globex: number;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    acme = (await given.organization("acme")).id;
    globex = (await given.organization("globex")).id;
  });
  afterEach(() => close());

  const ensure = (organizationId: number, ...names: string[]) =>
    store.transaction((tx) => ensureRepositories(tx, organizationId, new Set(names), NOW));
  const repository = (name: string, options: object = {}) => directRows(store).repository(acme, name, options);

  test("are created once, active, without a URL", async () => {
    const created = await ensure(acme, "app", "web");
    expect([...created.keys()].toSorted()).toEqual(["app", "web"]);
    expect(created.get("app")).toMatchObject({ name: "app", url: null, externalId: null, status: "active", dateCreated: NOW });
    expect(await ensure(acme, "web", "app")).toEqual(created);
  });

  test("differ by case and by organization (contract 14.2)", async () => {
    const [app, capital, foreign] = [await ensure(acme, "app"), await ensure(acme, "App"), await ensure(globex, "app")];
    expect(new Set([app.get("app")?.id, capital.get("App")?.id, foreign.get("app")?.id]).size).toBe(3);
  });

  test("are created again for commits if hidden, but still found for refs", async () => {
    await repository("app", { status: "hidden" });
    const any = await findRepositories(store.read, acme, new Set(["app"]), "any");
    expect(any.get("app")?.status).toBe("hidden");
    expect((await findRepositories(store.read, acme, new Set(["app"]), "active")).size).toBe(0);
    const created = await ensure(acme, "app");
    expect(created.get("app")).toMatchObject({ status: "active" });
    expect(created.get("app")?.id).not.toBe(any.get("app")?.id);
  });

  test("are found as the newest with the name", async () => {
    for (const externalId of ["1", "2", "3"]) await repository("app", { status: "hidden", externalId });
    expect((await findRepositories(store.read, acme, new Set(["app"]), "any")).get("app")?.externalId).toBe("3");
  });

  test("are created for any number of names", async () => {
    expect((await ensure(acme, ...Array.from({ length: 1201 }, (_, index) => `r${index}`))).size).toBe(1201);
    expect(await ensure(acme)).toEqual(new Map());
  });

  test("unnamedRepository returns the name of the organization's repository (contract 14.2)", () => {
    expect(unnamedRepository(7)).toBe("organization-7");
  });

  describe("findFilteredRepository (contract 6.2)", () => {
    beforeEach(async () => {
      await repository("app", { externalId: "10" });
      await repository("web", { externalId: "20" });
      await repository("web", { externalId: "30", status: "hidden" });
      await repository("far", { externalId: "10", status: "hidden" });
    });

    test.each([
      [{}, undefined],
      [{ repo_id: "", repo_name: "" }, undefined],
      [{ repo_name: "app" }, "app"],
      [{ repo_id: "10" }, "app"],
      [{ repo_id: "20", repo_name: "web" }, "web"],
      [{ repo_id: "20", repo_name: "" }, "web"],
      [{ repo_id: "10", repo_name: "web" }, null],
      [{ repo_id: "30" }, null],
      [{ repo_name: "far" }, null],
      [{ repo_name: "APP" }, null],
      [{ repo_name: "none" }, null],
    ])("%j: %s", async (filter, name) => {
      const access = (organization: string) =>
        openOrganization(store.read, { kind: "system", scopes: new Set(["org:ci"]) }, organization, ["org:ci"]);
      const found = await findFilteredRepository(store.read, await access("acme"), filter);
      expect(found ? found.name : found).toBe(name);
      if (name) expect(await findFilteredRepository(store.read, await access("globex"), filter)).toBeNull();
    });
  });
});
