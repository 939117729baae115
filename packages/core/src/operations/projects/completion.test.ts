import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { getCompletion } from "./completion.ts";

let bench: TestApp;
let ci: Context;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  await bench.given.organization("acme");
  for (const slug of ["web", "api"]) await bench.given.project("acme", slug);
  ci = await callers(bench.app, bench.given).ci("acme");
});

afterEach(() => bench.close());

const steps = async (project: string) => (await getCompletion(ci, { ...acme, project })).map(({ step, complete }) => `${step} ${complete}`);

describe("getCompletion (10.4, E26)", () => {
  it("returns four incomplete steps for a new project with an empty release", async () => {
    await createRelease(ci, { ...acme, version: "1", projects: ["web"] });
    expect(await steps("web")).toEqual(["tag false", "repo false", "commit false", "deploy false"]);
  });

  it("completes a step when a release of the project has it; any repository of the organization counts", async () => {
    await createRelease(ci, { ...acme, version: "1", projects: ["api"], commits: [{ id: "a".repeat(40), repository: "acme/api" }] });
    await createDeploy(ci, { ...acme, version: "1", environment: "production" });
    expect(await steps("api")).toEqual(["tag false", "repo true", "commit true", "deploy true"]);
    expect(await steps("web")).toEqual(["tag false", "repo true", "commit false", "deploy false"]);
  });
});
