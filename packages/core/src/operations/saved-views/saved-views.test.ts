import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { listSavedViews, removeView, saveView } from "./saved-views.ts";

const organization = "acme";

describe.each(["sqlite", "pglite"] as const)("saved views over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ada: Context;
  let adaId: number;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    for (const slug of [organization, "globex"]) await bench.given.organization(slug);
    ({ id: adaId } = await bench.given.user("ada@acme.test", { organization }));
    await bench.given.user("bob@acme.test", { organization });
    ada = await as.person("ada@acme.test");
  });
  afterEach(() => bench.close());

  type Draft = { page?: "releases" | "board"; query?: string; isDefault?: boolean };
  const save = (name: string, { page = "releases", query = "q=1", ...rest }: Draft = {}, context = ada) =>
    saveView(context, { organization, page, name, query, ...rest });
  const list = async (context = ada, page: "releases" | "board" = "releases") =>
    (await listSavedViews(context, { organization, page })).items;
  const names = async (context = ada, page: "releases" | "board" = "releases") => (await list(context, page)).map(({ name }) => name);
  const defaults = async () => (await list()).filter(({ isDefault }) => isDefault).map(({ name }) => name);

  it("are stored per page and user, by name", async () => {
    const view = await save(" Mine ", { query: "project=web&query=is%3Aopen" });
    expect(view).toEqual({
      id: expect.stringMatching(/^\d+$/),
      page: "releases",
      name: "Mine",
      query: "project=web&query=is%3Aopen",
      isDefault: false,
      dateCreated: "2026-01-02T03:04:05.678Z",
    });
    await save("All", { query: "" });
    await save("Drift", { page: "board" });
    expect(await list()).toEqual([expect.objectContaining({ name: "All", query: "" }), view]);
    expect(await names(ada, "board")).toEqual(["Drift"]);
    expect(await list(await as.person("bob@acme.test"))).toEqual([]);
    const browser = await signIn(bench.app, adaId);
    expect(await names(await browser.context())).toEqual(["All", "Mine"]);
  });

  it("replace a view with the same name, and keep fields that are not given", async () => {
    const first = await save("Mine", { query: "a", isDefault: true });
    bench.clock.advance(1000);
    expect(await save("Mine", { query: "b" })).toEqual({ ...first, query: "b" });
    expect(await save("Mine", { query: "b", isDefault: false })).toMatchObject({ isDefault: false });
    expect(await list()).toHaveLength(1);
  });

  it("have at most one default per page", async () => {
    await save("One", { isDefault: true });
    await save("There", { page: "board", isDefault: true });
    await save("Two", { isDefault: true });
    expect([await defaults(), await list(ada, "board")]).toEqual([["Two"], [expect.objectContaining({ isDefault: true })]]);
    await save("One", { isDefault: true });
    expect(await defaults()).toEqual(["One"]);
  });

  it("match a model for any sequence of saves and removals", async () => {
    const step = fc.record({
      name: fc.constantFrom("a", "b", "c"),
      query: fc.constantFrom("1", "2"),
      isDefault: fc.option(fc.boolean(), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(step, fc.constantFrom("a", "b", "c")), { maxLength: 8 }), async (steps) => {
        for (const { id } of await list()) await removeView(ada, { organization, view: id });
        const model = new Map<string, { query: string; isDefault: boolean }>();
        for (const one of steps) {
          if (typeof one === "string") {
            const found = (await list()).find(({ name }) => name === one);
            if (found) await removeView(ada, { organization, view: found.id });
            model.delete(one);
            continue;
          }
          const isDefault = one.isDefault ?? model.get(one.name)?.isDefault ?? false;
          if (isDefault) for (const [name, view] of model) model.set(name, { ...view, isDefault: false });
          model.set(one.name, { query: one.query, isDefault });
          await save(one.name, { query: one.query, ...(one.isDefault === undefined ? {} : { isDefault: one.isDefault }) });
        }
        const expected = [...model].map(([name, view]) => ({ name, ...view })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
        expect((await list()).map(({ name, query, isDefault }) => ({ name, query, isDefault }))).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it("are limited to 50 per page; the 51st replaces none", async () => {
    for (let made = 0; made < 50; made += 1) await save(`view ${made}`);
    await expect(save("one more")).rejects.toThrow(refusal("conflict", /^You can save at most 50 views of this page/));
    expect(await save("view 7", { query: "other" })).toMatchObject({ query: "other" });
    await save("elsewhere", { page: "board" });
    await save("his", {}, await as.person("bob@acme.test"));
    await removeView(ada, { organization, view: (await list())[0]?.id ?? "" });
    expect(await save("one more")).toMatchObject({ name: "one more" });
  });

  it("have unique names and one default after concurrent saves", async () => {
    await Promise.all(Array.from({ length: 6 }, (_, index) => save(`view ${index % 3}`, { query: String(index), isDefault: true })));
    expect(await names()).toEqual(["view 0", "view 1", "view 2"]);
    expect(await defaults()).toHaveLength(1);
  });

  it("can be removed only by the user who saved them", async () => {
    const { id: view } = await save("Mine");
    const bob = await as.person("bob@acme.test");
    for (const [context, id] of [
      [bob, view],
      [ada, "0"],
      [ada, "x"],
    ] as const)
      await expect(removeView(context, { organization, view: id })).rejects.toThrow(refusal("not_found"));
    await removeView(ada, { organization, view });
    expect(await list()).toEqual([]);
    await expect(removeView(ada, { organization, view })).rejects.toThrow(refusal("not_found"));
  });

  it("require a member of the organization", async () => {
    const ci = { ...(await as.ci(organization)) };
    const token = await as.bearer(await bench.given.orgToken(organization, ["org:read"]));
    await expect(list(token)).rejects.toThrow(refusal("forbidden", /^Organization tokens have no saved views\. Sign in/));
    await expect(save("x", {}, token)).rejects.toThrow(refusal("forbidden", /^Organization tokens have no saved views/));
    await expect(list(ci)).rejects.toThrow(refusal("forbidden"));
    await expect(listSavedViews(ada, { organization: "globex", page: "board" })).rejects.toThrow(refusal("not_found"));
  });

  it.each([
    [{ page: "nope", name: "x", query: "" }, "page", 'Views cannot be saved of the page "nope".'],
    [{ page: "board", name: " ", query: "" }, "name", "This field may not be blank."],
    [{ page: "board", name: "x".repeat(61), query: "" }, "name", "Ensure this field has no more than 60 characters."],
    [{ page: "board", name: "x", query: "x".repeat(2001) }, "query", "Ensure this field has no more than 2000 characters."],
    [{ page: "board", name: "x" }, "query", "This field is required."],
    [{ page: "board", name: "x", query: "", isDefault: "yes" }, "isDefault", "Must be a valid boolean."],
  ])("reject %j", async (input, path, message) => {
    await expect(saveView.call(ada, { organization }, () => input)).rejects.toMatchObject({
      code: "invalid",
      issues: [{ path: [path], message }],
    });
  });
});
