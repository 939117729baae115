import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { listEnvironments, listProjectEnvironments } from "./list.ts";

let bench: TestApp;
let as: Callers;
let ci: Context;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme", { openMembership: false });
  await bench.given.team("acme", "web");
  await bench.given.project("acme", "web", { teams: ["web"] });
  await bench.given.project("acme", "api");
  await bench.given.user("wim@acme.test", { ...acme, teams: ["web"] });
  ci = await as.ci("acme");
  await createRelease(ci, { ...acme, version: "w", projects: ["web"] });
  await createRelease(ci, { ...acme, version: "a", projects: ["api"] });
  for (const environment of ["staging", "production"]) await createDeploy(ci, { ...acme, version: "w", environment });
  for (const environment of ["staging", "canary"]) await createDeploy(ci, { ...acme, version: "a", environment });
});

afterEach(() => bench.close());

const names = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);

describe("listEnvironments and listProjectEnvironments", () => {
  it("list the environments of all projects of an organization, production first, each once", async () => {
    const { items } = await listEnvironments(ci, acme);
    expect(items).toEqual(
      ["production", "canary", "staging"].map((name) => ({ id: expect.stringMatching(/^\d+$/), name, isHidden: false })),
    );
  });

  it("list the environments that a project was deployed to", async () => {
    expect(names(await listProjectEnvironments(ci, { ...acme, project: "web" }))).toEqual(["production", "staging"]);
    expect(names(await listProjectEnvironments(ci, { ...acme, project: "api" }))).toEqual(["canary", "staging"]);
  });

  it("leave out environments of projects out of reach", async () => {
    const wim = await as.person("wim@acme.test");
    expect(names(await listEnvironments(wim, acme))).toEqual(["production", "staging"]);
    await expect(listProjectEnvironments(wim, { ...acme, project: "api" })).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
    await bench.given.user("none@acme.test", acme);
    expect(names(await listEnvironments(await as.person("none@acme.test"), acme))).toEqual([]);
  });

  it.each([
    ["visible", ["production", "staging"]],
    ["all", ["production", "staging"]],
    ["hidden", []],
  ] as const)("are visible unless hidden: %s", async (visibility, expected) => {
    const wim = await as.person("wim@acme.test");
    expect(names(await listEnvironments(wim, { ...acme, visibility }))).toEqual(expected);
    expect(names(await listProjectEnvironments(wim, { ...acme, project: "web", visibility }))).toEqual(expected);
  });

  it("reject other values of visibility with the message of the wire", async () => {
    const call = listProjectEnvironments.call(ci, { ...acme, project: "web" }, () => ({ visibility: "some" }));
    await expect(call).rejects.toThrow(`Invalid value for "visibility", valid values are: ['all', 'hidden', 'visible']`);
  });

  it("return pages in the same order", async () => {
    const first = await listEnvironments(ci, { ...acme, per_page: 2 });
    const second = await listEnvironments(ci, { ...acme, per_page: 2, cursor: first.next?.cursor });
    expect([names(first), names(second)]).toEqual([["production", "canary"], ["staging"]]);
  });
});
