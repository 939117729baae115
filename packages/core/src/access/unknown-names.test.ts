import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAppError } from "../kernel/app-error.ts";
import type { Context } from "../kernel/context.ts";
import { getBoard } from "../operations/board/get.ts";
import { createDeploy } from "../operations/deploys/create.ts";
import { createOrganization } from "../operations/organizations/create.ts";
import { createRelease } from "../operations/releases/create.ts";
import { getReleaseSummary } from "../operations/releases/get-summary.ts";

const acme = { organization: "acme" };
let bench: TestApp;
let ci: Context;
let wim: Context;

beforeAll(async () => {
  bench = await createTestApp();
  const as = callers(bench.app, bench.given);
  await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { web: "near", secret: "far" } });
  await bench.given.user("wim@acme.test", { ...acme, name: "Wim", teams: ["near"] });
  [ci, wim] = [await as.ci("acme"), await as.person("wim@acme.test")];
  await createRelease(ci, { ...acme, version: "secret@1", projects: ["secret"] });
});
afterAll(() => bench.close());

const board = (by: Context, project: string) => getBoard(by, { ...acme, project: [project] });

test("an unknown project and one out of reach are named alike, with those that the caller can see", async () => {
  for (const project of ["wbe", "secret"])
    await expect(board(wim, project)).rejects.toMatchObject({
      code: "forbidden",
      message: "You do not have permission to perform this action.",
      detail: `No project "${project}" in acme, or you do not have access to it. Existing projects: web.`,
    });
});

test("a release with an unknown project names it, and keeps the text of the wire", async () => {
  await expect(createRelease(ci, { ...acme, version: "web@1", projects: ["web", "wbe"] })).rejects.toMatchObject({
    message: "Invalid project ids or slugs",
    issues: [{ path: ["projects"], message: "Invalid project ids or slugs" }],
    detail: expect.stringContaining('No project "wbe" in acme'),
  });
});

test("a deploy to an unknown project, or one out of reach, names it in the same way, and keeps the texts of the wire", async () => {
  await createRelease(ci, { ...acme, version: "web@1", projects: ["web"] });
  for (const [project, text] of [
    ["wbe", "Invalid project"],
    ["secret", "Insufficient access to project"],
  ] as const) {
    const deploy = createDeploy(wim, { ...acme, version: "web@1", environment: "prod", projects: [project] });
    const error: unknown = await deploy.catch((thrown: unknown) => thrown);
    if (!isAppError(error)) throw error;
    expect([error.message, (error.restError ?? error).message]).toEqual(["Invalid project", text]);
    expect(error.detail).toBe(`No project "${project}" in acme, or you do not have access to it. Existing projects: web.`);
  }
});

test("a caller without the scope gets its name", async () => {
  await expect(createOrganization(ci, { name: "Other" })).rejects.toMatchObject({
    code: "forbidden",
    detail: "The credentials of this request lack the required scope: org:admin.",
  });
});

test("an unknown release, environment, and organization are named", async () => {
  const releaseOf = (version: string, organization = "acme") => getReleaseSummary(wim, { organization, version });
  for (const version of ["web@9", "secret@1"])
    await expect(releaseOf(version)).rejects.toMatchObject({
      code: "not_found",
      detail: `No release "${version}" in acme, or you do not have access to its projects.`,
    });
  await expect(releaseOf("web@9", "amce")).rejects.toMatchObject({ detail: expect.stringContaining('No organization "amce"') });
  await expect(getBoard(wim, { ...acme, environment: "prd" })).rejects.toMatchObject({ detail: expect.stringContaining('"prd"') });
});

test("at most ten projects are listed, and long names are truncated", async () => {
  for (let n = 10; n < 22; n += 1) await bench.given.project("acme", `p${n}`, { teams: ["near"] });
  await expect(board(wim, "x".repeat(400))).rejects.toMatchObject({
    detail: expect.stringMatching(/^No project "x{100}…" in acme, .* Existing projects: p10, p11, .*p19, …\.$/),
  });
});
