import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticateHook, releaseSignature } from "./authenticate-hook.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
let bench: TestApp;
let pump: number;
let valve: number;

beforeAll(async () => {
  bench = await createTestApp();
  const { given, app } = bench;
  await given.organization("globex");
  await given.organization("acme");
  ({ id: pump } = await given.project("acme", "pump"));
  ({ id: valve } = await given.project("acme", "valve"));
  await app.store.transaction(async (tx) => {
    const { projects } = tx.tables;
    await tx.update(projects).set({ releaseToken: TOKEN }).where(eq(projects.id, pump));
  });
});

afterAll(() => bench.close());

const sender = (project: string, signature: string) => authenticateHook(bench.app.store.read, { project, signature });

test("the signature of a project's token allows only to report its releases", async () => {
  const found = await sender(String(pump), releaseSignature(TOKEN, pump));
  expect(found.params).toEqual({ organization: "acme", project: "pump" });
  expect(found.actor).toMatchObject({ kind: "hook", projectId: pump });
  expect([...found.actor.scopes]).toEqual(["project:releases"]);
});

test.each([
  ["of another project", () => releaseSignature(TOKEN, valve)],
  ["of another token", () => releaseSignature("another", pump)],
  ["in upper case", () => releaseSignature(TOKEN, pump).toUpperCase()],
  ["that is truncated", () => releaseSignature(TOKEN, pump).slice(1)],
  ["of as many characters but more bytes", () => "é".repeat(64)],
  ["that is empty", () => ""],
])("a signature %s is refused with 403", async (_, signature) => {
  await expect(sender(String(pump), signature())).rejects.toMatchObject({ code: "forbidden" });
});

test("a project without a token accepts no signature", async () => {
  await expect(sender(String(valve), releaseSignature("", valve))).rejects.toMatchObject({ code: "forbidden" });
});

test.each(["pump", "0", "999", "99999999999999999999", "1e0", "", "\0"])("a project of id %j is missing: 404", async (project) => {
  await expect(sender(project, "")).rejects.toMatchObject({ code: "not_found" });
});
