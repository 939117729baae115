import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { updateRelease } from "../releases/update.ts";
import { saveView } from "../saved-views/saved-views.ts";
import { createOrgToken } from "../tokens/org-tokens.ts";
import { getOrganizationSummary } from "./get.ts";
import { deleteOrganization } from "./manage.ts";

const sample = { organization: "sample" };

const refusal = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { teams: ["crew"], projects: { web: "crew" } });
    await bench.given.user("owner@acme.test", { organization: "acme", role: "owner" });
    await bench.given.user("member@acme.test", { organization: "acme" });
    owner = await as.person("owner@acme.test");
    const { id } = await bench.given.organization("sample");
    await bench.app.store.transaction((tx) =>
      tx.update(tx.tables.organizations).set({ isSample: true }).where(eq(tx.tables.organizations.id, id)),
    );
    await bench.given.user("guide@sample.test", { ...sample, role: "owner" });
    await bench.given.user("manager@sample.test", { ...sample, role: "manager" });
  });
  afterEach(() => bench.close());

  describe("aboutOrganization", () => {
    it("returns what pages need, and the permissions of the caller", async () => {
      expect(await getOrganizationSummary(owner, { organization: "acme" })).toEqual({
        slug: "acme",
        name: "acme",
        isSample: false,
        role: "owner",
        scopes: expect.arrayContaining(["org:admin", "member:admin", "project:releases"]),
        counts: { projects: 1, members: 2 },
        dateCreated: "2020-01-01T00:00:00Z",
      });
      const member = await getOrganizationSummary(await as.person("member@acme.test", ["org:admin", "org:read"]), { organization: "acme" });
      expect(member).toMatchObject({ role: "member", scopes: ["org:read"] });
      const guide = await getOrganizationSummary(await as.person("guide@sample.test"), sample);
      expect(guide).toMatchObject({ isSample: true, counts: { projects: 0, members: 2 } });
      expect(await getOrganizationSummary(await as.ci("acme"), { organization: "acme" })).toMatchObject({ role: null, scopes: ["org:ci"] });
    });

    it("requires access to the organization", async () => {
      await expect(getOrganizationSummary(owner, sample)).rejects.toThrow(refusal("not_found"));
      await expect(getOrganizationSummary(owner, { organization: "nope" })).rejects.toThrow(refusal("not_found"));
    });
  });

  describe("deleteOrganization", () => {
    const fill = async (context: Context, organization: string) => {
      const commits = [
        { id: "a", repository: `${organization}/app`, patch_set: [{ path: "a", type: "A" as const }], author_email: "x@y.test" },
      ];
      await createRelease(context, { organization, version: "1.0", projects: ["web"], commits });
      await createRelease(context, { organization, version: "1.1", projects: ["web"] });
      await updateRelease(context, { organization, version: "1.1", refs: [{ repository: `${organization}/app`, commit: "b" }] });
      await createDeploy(context, { organization, version: "1.0", environment: "production" });
      await createOrgToken(context, { organization, name: "CI" });
      await saveView(context, { organization, page: "board", name: "mine", query: "" });
    };

    it("deletes all of a sample organization and nothing of another; one audit event remains", async () => {
      await fill(owner, "acme");
      const before = await rowCounts(bench.app.store);
      const guide = await as.person("guide@sample.test");
      await bench.given.team("sample", "crew");
      await bench.given.project("sample", "web", { teams: ["crew"] });
      await fill(guide, "sample");
      await deleteOrganization(guide, sample);
      const after = await rowCounts(bench.app.store);
      expect(after).toEqual({
        ...before,
        organizations: 1,
        members: 2,
        auditLog: (before.auditLog ?? 0) + 1,
        tokens: (before.tokens ?? 0) + 1,
      });
      const { read } = bench.app.store;
      const rows = await read.select().from(read.tables.auditLog).where(eq(read.tables.auditLog.target, "sample"));
      expect(rows).toMatchObject([{ organizationId: null, action: "organization.delete", actor: expect.stringMatching(/^user:\d+$/) }]);
      await expect(deleteOrganization(guide, sample)).rejects.toThrow(refusal("not_found"));
    });

    it("refuses any other organization, with a message", async () => {
      const before = await rowCounts(bench.app.store);
      const call = deleteOrganization(owner, { organization: "acme" });
      await expect(call).rejects.toThrow(refusal("conflict", /^The organization "acme" has no sample data\./));
      expect(await rowCounts(bench.app.store)).toEqual(before);
    });

    it("requires an owner", async () => {
      for (const context of [await as.person("manager@sample.test"), await as.ci("sample")])
        await expect(deleteOrganization(context, sample)).rejects.toThrow(refusal("forbidden"));
      await expect(deleteOrganization(owner, sample)).rejects.toThrow(refusal("not_found"));
    });
  });
});
