import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createProject } from "../projects/create.ts";
import { getProject } from "../projects/list.ts";
import { updateProject } from "../projects/update.ts";
import { createRelease } from "../releases/create.ts";
import { listReleases } from "../releases/list.ts";
import { provision } from "../setup/provision.ts";
import { getOrganization } from "./get.ts";
import { updateOrganization } from "./update.ts";

const FORMER = /^Another (organization|project) had the slug "\w+" before it was renamed/;
const taken = expect.objectContaining({
  code: "invalid",
  issues: [expect.objectContaining({ path: ["slug"], message: expect.stringMatching(FORMER) })],
});

describe.each(["sqlite", "pglite"] as const)("former slugs over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ada: Context;
  let ci: Context;
  let bob: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { teams: ["crew"], projects: { web: "crew" } });
    await bench.given.user("ada@acme.test", { organization: "acme", role: "owner" });
    await bench.given.organization("globex");
    await bench.given.user("bob@globex.test", { organization: "globex", role: "owner" });
    ada = await as.person("ada@acme.test");
    bob = await as.person("bob@globex.test");
    ci = await as.ci("acme");
  });
  afterEach(() => bench.close());

  const rename = (organization: string, slug: string, context = ada) => updateOrganization(context, { organization, slug });
  const slugAt = async (organization: string, context = ada) => (await getOrganization(context, { organization })).slug;
  const renameProject = (project: string, slug: string) => updateProject(ada, { organization: "acme", project, slug });
  const projectAt = async (project: string) => (await getProject(ada, { organization: "acme", project })).slug;

  it("find an organization, for its people and its tokens, over a chain of changes", async () => {
    await rename("acme", "beta");
    await rename("acme", "gamma");
    for (const slug of ["acme", "beta", "gamma"]) expect(await slugAt(slug)).toBe("gamma");
    expect(await createRelease(ci, { organization: "acme", version: "1.0", projects: ["web"] })).toMatchObject({ created: true });
  });

  it("change back without a rest", async () => {
    await rename("acme", "beta");
    await rename("beta", "acme");
    expect([await slugAt("acme"), await slugAt("beta")]).toEqual(["acme", "acme"]);
    await rename("acme", "beta");
    expect([await slugAt("acme"), await slugAt("beta")]).toEqual(["beta", "beta"]);
  });

  it("give no access that the current slug does not give", async () => {
    await rename("acme", "beta");
    const refusals = await Promise.all(
      ["acme", "beta", "nope"].map((slug) => getOrganization(bob, { organization: slug }).catch((error: unknown) => error)),
    );
    expect(refusals).toEqual(refusals.map(() => expect.objectContaining({ code: "not_found" })));
  });

  it("are taken by another organization only if it says so, and then find that one", async () => {
    await rename("acme", "beta");
    await expect(rename("globex", "acme", bob)).rejects.toThrow(taken);
    await expect(provision(await as.anonymous(), { organization: "acme", projects: [] })).rejects.toThrow(taken);
    await updateOrganization(bob, { organization: "globex", slug: "acme", takeFormerSlug: true });
    expect(await slugAt("acme", bob)).toBe("acme");
    await expect(slugAt("acme")).rejects.toMatchObject({ code: "not_found" });
    expect(await slugAt("beta")).toBe("beta");
    // A current slug is never taken.
    await expect(updateOrganization(ada, { organization: "beta", slug: "acme", takeFormerSlug: true })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("find a project in paths, in reports, and in filters", async () => {
    await renameProject("web", "site");
    await renameProject("site", "shop");
    for (const slug of ["web", "site", "shop"]) {
      expect(await projectAt(slug)).toBe("shop");
      await createRelease(ci, { organization: "acme", version: `by-${slug}`, projects: [slug] });
    }
    const { items } = await listReleases(ada, { organization: "acme", project: ["web"] });
    expect(items.map(({ version, projects }) => [version, projects[0]?.slug])).toEqual([
      ["by-shop", "shop"],
      ["by-site", "shop"],
      ["by-web", "shop"],
    ]);
    await renameProject("shop", "web");
    expect([await projectAt("web"), await projectAt("site"), await projectAt("shop")]).toEqual(["web", "web", "web"]);
  });

  it("are taken by another project only if it says so", async () => {
    await renameProject("web", "site");
    await expect(createProject(ada, { organization: "acme", name: "web" })).rejects.toThrow(taken);
    await createProject(ada, { organization: "acme", name: "web", takeFormerSlug: true });
    expect([await projectAt("web"), await projectAt("site")]).toEqual(["web", "site"]);
  });

  it("cost a statement more than the current ones, which cost none for them", async () => {
    const { store, taken } = countedStore(bench.app.store);
    const counted = { ...ada, store };
    const statements = async (organization: string, project: string) => {
      await getProject(counted, { organization, project });
      const ofProject = taken();
      await listReleases(counted, { organization, project: [project] });
      return [ofProject, taken()];
    };
    const [project = 0, list = 0] = await statements("acme", "web");
    await renameProject("web", "shop");
    await rename("acme", "beta");
    expect(await statements("beta", "shop")).toEqual([project, list]);
    expect(await statements("beta", "web")).toEqual([project + 1, list + 1]);
    expect(await statements("acme", "web")).toEqual([project + 2, list + 2]);
  });

  it("of a project are changed and changed back by an admin, who cannot rename the organization", async () => {
    await bench.given.user("adi@acme.test", { organization: "acme", role: "admin", teams: ["crew"] });
    const adi = await as.person("adi@acme.test");
    await updateProject(adi, { organization: "acme", project: "web", slug: "shop" });
    await updateProject(adi, { organization: "acme", project: "shop", slug: "web" });
    expect([await projectAt("web"), await projectAt("shop")]).toEqual(["web", "web"]);
    await expect(rename("acme", "beta", adi)).rejects.toMatchObject({ code: "forbidden" });
  });
});
