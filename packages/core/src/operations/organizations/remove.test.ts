import { DAY } from "@landfall/domain/durations";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { getRelease } from "../releases/get.ts";
import { updateRelease } from "../releases/update.ts";
import { saveView } from "../saved-views/saved-views.ts";
import { createOrgToken } from "../tokens/org-tokens.ts";
import { getOrganizationSummary, listOrganizations } from "./get.ts";
import {
  deleteOrganization,
  listRemovedOrganizations,
  previewOrganizationRemoval,
  purgeRemovedOrganizations,
  restoreOrganization,
} from "./remove.ts";

const sample = { organization: "sample" };

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

  describe("getOrganizationSummary", () => {
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

    const fillSample = async () => {
      const guide = await as.person("guide@sample.test");
      await bench.given.team("sample", "crew");
      await bench.given.project("sample", "web", { teams: ["crew"] });
      await fill(guide, "sample");
      return guide;
    };
    const purge = async () => purgeRemovedOrganizations(await as.anonymous());
    const serverEvents = async () => {
      const { read } = bench.app.store;
      const { auditLog } = read.tables;
      const rows = await read.select().from(auditLog).where(eq(auditLog.target, "sample")).orderBy(auditLog.id);
      return rows
        .filter(({ organizationId }) => organizationId === null)
        .map(({ action, actor }) => `${action} ${actor.replace(/\d+/, "n")}`);
    };

    it("removes a sample organization, which nobody can use any more, and deletes nothing for a day", async () => {
      const guide = await fillSample();
      const manager = await as.person("manager@sample.test");
      const before = await rowCounts(bench.app.store);
      const removed = await deleteOrganization(guide, sample);
      expect(removed).toMatchObject({ slug: "sample", name: "sample", dateExpires: expect.any(String) });
      for (const organization of ["sample", removed.id, `sample:${removed.id}`])
        await expect(getOrganizationSummary(guide, { organization })).rejects.toThrow(refusal("not_found"));
      expect((await listOrganizations(guide, {})).items).toEqual([]);
      expect(await listRemovedOrganizations(guide, {})).toEqual([removed]);
      expect(await listRemovedOrganizations(manager, {})).toEqual([]);
      bench.clock.advance(DAY - 1);
      expect(await purge()).toBe(0);
      expect(await rowCounts(bench.app.store)).toEqual({ ...before, auditLog: (before.auditLog ?? 0) + 1 });
    });

    it("restores it with everything in it within 24 hours, and only for its owners", async () => {
      const guide = await fillSample();
      const before = await getRelease(guide, { ...sample, version: "1.0" });
      const { id } = await deleteOrganization(guide, sample);
      await expect(restoreOrganization(await as.person("manager@sample.test"), { organization: id })).rejects.toThrow(refusal("forbidden"));
      await expect(restoreOrganization(owner, { organization: id })).rejects.toThrow(refusal("not_found"));
      bench.clock.advance(DAY - 1);
      expect(await restoreOrganization(guide, { organization: id })).toEqual({ slug: "sample" });
      expect(await getRelease(guide, { ...sample, version: "1.0" })).toEqual(before);
      expect(await listRemovedOrganizations(guide, {})).toEqual([]);
      await expect(restoreOrganization(guide, { organization: id })).rejects.toThrow(refusal("not_found"));
      expect(await serverEvents()).toEqual(["organization.delete user:n", "organization.restore user:n"]);
      bench.clock.advance(2 * DAY);
      expect(await purge()).toBe(0);
    });

    it("frees its slug, and does not restore over another organization", async () => {
      const guide = await fillSample();
      const { id } = await deleteOrganization(guide, sample);
      await bench.given.organization("sample");
      const call = restoreOrganization(guide, { organization: id });
      await expect(call).rejects.toThrow(refusal("conflict", /^Another organization has the slug "sample" now\./));
    });

    it("deletes all of it after 24 hours and nothing of another; audit events of the server remain", async () => {
      await fill(owner, "acme");
      const before = await rowCounts(bench.app.store);
      const guide = await fillSample();
      const { id } = await deleteOrganization(guide, sample);
      bench.clock.advance(DAY);
      await expect(restoreOrganization(guide, { organization: id })).rejects.toThrow(refusal("conflict", /more than 24 hours ago/));
      expect(await listRemovedOrganizations(guide, {})).toEqual([]);
      expect(await purge()).toBe(1);
      expect(await purge()).toBe(0);
      expect(await rowCounts(bench.app.store)).toEqual({
        ...before,
        organizations: 1,
        members: 2,
        auditLog: (before.auditLog ?? 0) + 2,
        tokens: (before.tokens ?? 0) + 1,
      });
      expect(await serverEvents()).toEqual(["organization.delete user:n", "organization.purge system"]);
      await expect(deleteOrganization(guide, sample)).rejects.toThrow(refusal("not_found"));
    });

    it("previews what it removes, and what of that was created after the sample", async () => {
      const guide = await fillSample();
      await bench.app.store.transaction((tx) =>
        tx.update(tx.tables.organizations).set({ dateSampled: bench.app.now() }).where(eq(tx.tables.organizations.slug, "sample")),
      );
      bench.clock.advance(1000);
      for (let number = 1; number <= 7; number++) await createOrgToken(guide, { ...sample, name: `Own ${number}` });
      const { contents } = await previewOrganizationRemoval(guide, sample);
      expect(contents.filter(({ ownCount }) => ownCount > 0)).toEqual([
        { kind: "tokens", count: 8, ownCount: 7, ownNames: ["Own 1", "Own 2", "Own 3", "Own 4", "Own 5"] },
      ]);
      expect(contents.find(({ kind }) => kind === "releases")).toEqual({ kind: "releases", count: 2, ownCount: 0, ownNames: [] });
      await expect(previewOrganizationRemoval(owner, { organization: "acme" })).rejects.toThrow(refusal("conflict"));
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
