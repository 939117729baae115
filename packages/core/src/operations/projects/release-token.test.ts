import { createHmac } from "node:crypto";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReleaseHook, releaseSignature, verifyReleaseSignature } from "../../access/authenticate-hook.ts";
import type { Context } from "../../kernel/context.ts";
import { getReleaseToken, rotateReleaseToken } from "./release-token.ts";

let bench: TestApp;
let as: Callers;
let ada: Context;
let web: ProjectRow;
const path = { organization: "acme", project: "web" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  await bench.given.user("ada@acme.test", { organization: "acme", role: "admin" });
  web = await bench.given.project("acme", "web");
  ada = await as.person("ada@acme.test");
});

afterEach(() => bench.close());

const auditLog = () => bench.app.store.read.select().from(bench.app.store.read.tables.auditLog);
const open = (signature: string, project = String(web.id)) => openReleaseHook(bench.app.store.read, { project, signature });

describe("getReleaseToken and rotateReleaseToken (10.5)", () => {
  it("creates the token once", async () => {
    const first = await getReleaseToken(ada, path);
    expect(first.token).toMatch(/^[0-9a-f]{32}$/);
    const signature = createHmac("sha256", first.token).update(`builtin-${web.id}`).digest("hex");
    expect(first.webhookUrl).toBe(`http://landfall.test/api/hooks/release/builtin/${web.id}/${signature}/`);
    expect(await getReleaseToken(ada, path)).toEqual(first);
    expect(await auditLog()).toHaveLength(1);
  });

  it("returns the same token to concurrent first calls", async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => getReleaseToken(ada, path)));
    expect(new Set(results.map(({ token }) => token)).size).toBe(1);
  });

  it("replaces the token, after which the old signature is invalid", async () => {
    const old = await getReleaseToken(ada, path);
    const next = await rotateReleaseToken(ada, path);
    expect(next.token).not.toBe(old.token);
    expect(await getReleaseToken(ada, path)).toEqual(next);
    await expect(open(releaseSignature(old.token, web.id))).rejects.toThrow(refusal("forbidden"));
    expect(await open(releaseSignature(next.token, web.id))).toMatchObject({ project: { slug: "web" }, organization: { slug: "acme" } });
    expect(JSON.stringify(await auditLog())).not.toContain(next.token);
  });

  it("requires a scope that may change the project", async () => {
    for (const caller of [await as.ci("acme"), await as.person("ada@acme.test", ["project:releases", "project:read"])]) {
      await expect(getReleaseToken(caller, path)).rejects.toThrow(refusal("forbidden"));
      await expect(rotateReleaseToken(caller, path)).rejects.toThrow(refusal("forbidden"));
    }
  });
});

describe("openReleaseHook (10.6)", () => {
  it("returns 403 for a project without a token, even with a signature of an empty token", async () => {
    for (const signature of ["", "0".repeat(64), releaseSignature("", web.id)])
      await expect(open(signature)).rejects.toThrow(refusal("forbidden"));
  });

  it("returns 404 for an unknown project", async () => {
    for (const id of ["999", "web", "", "9".repeat(30)]) await expect(open("x", id)).rejects.toThrow(refusal("not_found"));
  });

  it("returns 403 for the signature of another project", async () => {
    const api = await bench.given.project("acme", "api");
    const { token } = await getReleaseToken(ada, path);
    await getReleaseToken(ada, { ...path, project: "api" });
    await expect(open(releaseSignature(token, web.id), String(api.id))).rejects.toThrow(refusal("forbidden"));
    await expect(open(releaseSignature(token, api.id))).rejects.toThrow(refusal("forbidden"));
  });
});

describe("verifyReleaseSignature", () => {
  it("accepts only the signature of the project", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.string(), (token, id, other) => {
        const own = releaseSignature(token, id);
        expect(verifyReleaseSignature(token, id, own)).toBe(true);
        expect(verifyReleaseSignature(token, id, other)).toBe(other === own);
        expect(verifyReleaseSignature(token, id + 1, own)).toBe(false);
        expect(verifyReleaseSignature(null, id, own)).toBe(false);
      }),
    );
  });
});
