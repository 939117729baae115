import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { listMembers } from "../members/list.ts";
import { createRelease } from "../releases/create.ts";
import { createOrganization } from "./create.ts";
import { deleteOrganization } from "./remove.ts";

describe.each(["sqlite", "pglite"] as const)("creating an organization over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ada: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.user("ada@acme.test");
    ada = await as.person("ada@acme.test");
  });
  afterEach(() => bench.close());

  it("makes a person without an organization its owner, who can report releases at once", async () => {
    const created = await createOrganization(ada, { name: "Acme Inc.", project: "web" });
    expect(created).toMatchObject({ slug: "acme-inc", name: "Acme Inc.", orgRole: "owner", access: expect.arrayContaining(["org:admin"]) });
    expect(await createRelease(ada, { organization: "acme-inc", version: "1.0", projects: ["web"] })).toMatchObject({ created: true });
    const { items } = await listMembers(ada, { organization: "acme-inc" });
    expect(items).toMatchObject([{ email: "ada@acme.test", role: "owner", teams: ["acme-inc"] }]);
  });

  it("is for people whose only organization was removed", async () => {
    const { id } = await bench.given.organization("sample");
    await bench.app.store.transaction((tx) =>
      tx.update(tx.tables.organizations).set({ isSample: true }).where(eq(tx.tables.organizations.id, id)),
    );
    await bench.given.user("guide@sample.test", { organization: "sample", role: "owner" });
    const guide = await as.person("guide@sample.test");
    await expect(createOrganization(guide, { name: "Acme" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^You belong to the organization "sample"\./),
    });
    await deleteOrganization(guide, { organization: "sample" });
    expect(await createOrganization(guide, { name: "Acme" })).toMatchObject({ slug: "acme" });
  });

  it("refuses organization tokens, and personal tokens with fewer scopes", async () => {
    await bench.given.organization("acme");
    await expect(createOrganization(await as.ci("acme"), { name: "Beta" })).rejects.toMatchObject({ code: "forbidden" });
    const reader = await as.person("ada@acme.test", ["org:write"]);
    await expect(createOrganization(reader, { name: "Beta" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("names the field of a slug that is taken or cannot be derived, and creates nothing", async () => {
    await bench.given.organization("acme");
    for (const input of [{ name: "Acme" }, { name: "Other", slug: "acme" }, { name: "2026" }])
      await expect(createOrganization(ada, input)).rejects.toMatchObject({ code: "invalid", issues: [{ path: ["slug"] }] });
    expect(await bench.app.store.read.$count(bench.app.store.read.tables.organizations)).toBe(1);
  });
});
