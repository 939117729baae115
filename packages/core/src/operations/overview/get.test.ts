import { OverviewView } from "@landfall/schema/releases/overview";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { updateRelease } from "../releases/update.ts";
import { createOrgToken } from "../tokens/org-tokens.ts";
import { createUserToken } from "../tokens/user-tokens.ts";
import { getOverview } from "./get.ts";
import { MAX_SCANNED } from "./newest-releases.ts";

const organization = "acme";
const NOW = "2026-06-30T12:00:00Z";
const commits = [{ id: "a", message: "feat: x" }];

describe.each(["sqlite", "pglite"] as const)("getOverview over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let owner: Context;
  /** In the team `near`, which has the project web and not api. */
  let member: Context;
  let organizationId: number;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    const created = await bench.given.organization(organization, {
      openMembership: false,
      teams: ["near", "far"],
      projects: { web: "near", api: "far" },
    });
    organizationId = created.id;
    await bench.given.organization("globex", { teams: ["near"], projects: { web: "near" } });
    await bench.given.user("boss@acme.test", { name: "Boss", organization, role: "owner" });
    await bench.given.user("ada@acme.test", { name: "Ada", organization, teams: ["near"] });
    [ci, owner, member] = [await as.ci(organization), await as.person("boss@acme.test"), await as.person("ada@acme.test")];
  });
  afterEach(() => bench.close());

  const overview = (context = owner) => {
    bench.clock.set(NOW);
    return getOverview(context, { organization });
  };
  const at = (iso: string) => bench.clock.set(iso);
  const release = (version: string, input: Partial<Parameters<typeof createRelease>[1]> = {}) =>
    createRelease(ci, { organization, version, projects: ["web"], commits, ...input });
  const deploy = (version: string, environment: string, context = ci) => createDeploy(context, { organization, version, environment });
  const versions = ({ items }: { items: readonly { version: string }[] }) => items.map(({ version }) => version);

  it("matches its schema, also without data", async () => {
    const empty = await overview();
    expect(OverviewView.parse(empty)).toEqual(empty);
    const none = { count: 0, isCapped: false };
    expect(empty).toEqual({
      deploys: [],
      releases: { ...none, items: [] },
      attention: { withoutCommits: [], neverDeployed: [], expiringTokens: { items: [], ids: [], isDismissed: false } },
      weeks: Array.from({ length: 12 }, () => ({ start: expect.any(String), releases: 0, deploys: 0 })),
      counts: { projects: 2, environments: 0, releases: none, deploys: none },
    });
    await release("web@1.0");
    await deploy("web@1.0", "production");
    const full = await overview();
    expect(OverviewView.parse(full)).toEqual(full);
  });

  it("returns the last ten deploys with version, projects, and deployer", async () => {
    at("2026-06-01T00:00:00Z");
    await release("web@1.0");
    await release("both@1.0", { projects: ["web", "api"] });
    for (let index = 0; index < 9; index += 1) {
      bench.clock.advance(1000);
      await deploy("web@1.0", `env${index}`);
    }
    bench.clock.advance(1000);
    await createDeploy(ci, { organization, version: "both@1.0", environment: "production", projects: ["api"] });
    bench.clock.advance(1000);
    await deploy("both@1.0", "staging", owner);
    const { deploys } = await overview();
    expect(
      deploys.map(({ version, environment, projects, deployer }) => [
        version,
        environment,
        projects.map(({ slug }) => slug),
        deployer?.name,
      ]),
    ).toEqual([
      ["both@1.0", "staging", ["api", "web"], "Boss"],
      ["both@1.0", "production", ["api"], undefined],
      ...[8, 7, 6, 5, 4, 3, 2, 1].map((index) => ["web@1.0", `env${index}`, ["web"], undefined]),
    ]);
  });

  it("returns the newest ten releases of the last 24 hours", async () => {
    at("2026-06-29T11:59:59Z");
    await release("too-old");
    for (let index = 0; index < 12; index += 1) {
      bench.clock.advance(1000);
      await release(`web@${index}`);
    }
    const { releases } = await overview();
    expect(releases).toMatchObject({ count: 12, isCapped: false });
    expect(versions(releases)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => `web@${index}`));
    expect(releases.items[0]).toMatchObject({ description: "11", package: "web", status: "open", commitCount: 1, deployCount: 0 });
  });

  it("lists open releases of the last 30 days without commits", async () => {
    at("2026-05-31T11:59:59Z");
    await release("too-old", { commits: [] });
    at("2026-05-31T12:00:00Z");
    await release("bare-1", { commits: [] });
    at("2026-06-20T00:00:00Z");
    await release("bare-2", { commits: [] });
    await release("full");
    await release("archived", { commits: [], status: "archived" });
    const { attention } = await overview();
    expect(attention.withoutCommits).toMatchObject([{ project: { slug: "web" }, count: 2, isCapped: false, isDismissed: false }]);
    expect(attention.withoutCommits.map(versions)).toEqual([["bare-2", "bare-1"]]);
  });

  it("lists releases that were finalized a week ago and never deployed", async () => {
    const finalized = { dateReleased: "2026-05-01T00:00:00Z" };
    at("2026-04-01T11:59:59Z");
    await release("too-old", finalized);
    at("2026-04-01T12:00:00Z");
    await release("listed-1", finalized);
    await release("open-ended");
    await release("deployed", finalized);
    await deploy("deployed", "production");
    await release("archived", { ...finalized, status: "archived" });
    at("2026-06-20T00:00:00Z");
    await release("listed-2", { dateReleased: "2026-06-23T12:00:00Z" });
    await release("finalized-late", { dateReleased: "2026-06-23T12:00:01Z" });
    at("2026-06-24T00:00:00Z");
    await release("too-new", finalized);
    const { attention } = await overview();
    expect(attention.neverDeployed).toMatchObject([{ project: { slug: "web" }, count: 2, isCapped: false }]);
    expect(attention.neverDeployed.map(versions)).toEqual([["listed-2", "listed-1"]]);
  });

  it("lists tokens that expire soon: personal ones, and the organization's for callers who may list them", async () => {
    at("2026-06-01T00:00:00Z");
    const until = { soon: "2026-07-14T12:00:00Z", late: "2026-07-14T12:00:01Z", over: "2026-06-30T12:00:00Z" };
    for (const [name, dateExpires] of Object.entries(until)) {
      await createOrgToken(owner, { organization, name: `org ${name}`, dateExpires });
      await createUserToken(owner, { name: `boss ${name}`, scopes: ["org:read"], dateExpires });
      await createUserToken(member, { name: `ada ${name}`, scopes: ["org:read"], dateExpires });
    }
    const { id } = await createUserToken(owner, { name: "revoked", scopes: ["org:read"], dateExpires: until.soon });
    const { tokens } = bench.app.store.read.tables;
    await bench.app.store.transaction((tx) =>
      tx
        .update(tokens)
        .set({ dateRevoked: bench.clock.now() })
        .where(eq(tokens.id, Number(id))),
    );
    const listExpiring = async (context: Context) =>
      (await overview(context)).attention.expiringTokens.items.map(({ kind: tokenKind, name }) => [tokenKind, name]);
    expect(await listExpiring(owner)).toEqual([
      ["organization", "org soon"],
      ["user", "boss soon"],
    ]);
    expect(await listExpiring(await as.person("boss@acme.test", ["project:read"]))).toEqual([["user", "boss soon"]]);
    expect(await listExpiring(member)).toEqual([
      ["organization", "org soon"],
      ["user", "ada soon"],
    ]);
    expect(await listExpiring(ci)).toEqual([]);
    expect((await overview(member)).attention.expiringTokens.items[1]).toMatchObject({
      dateExpires: until.soon,
      id: expect.stringMatching(/^\d+$/),
    });
  });

  it("counts projects, environments that are not hidden, open releases, and deploys of the last seven days", async () => {
    at("2026-06-23T11:59:59Z");
    await release("web@1.0");
    await deploy("web@1.0", "production");
    bench.clock.advance(1000);
    await deploy("web@1.0", "production");
    await deploy("web@1.0", "hidden");
    await release("gone", { status: "archived" });
    const { environmentProjects, environments } = bench.app.store.read.tables;
    await bench.app.store.transaction(async (tx) => {
      const [hidden] = await tx.select().from(environments).where(eq(environments.name, "hidden"));
      await tx
        .update(environmentProjects)
        .set({ isHidden: true })
        .where(eq(environmentProjects.environmentId, hidden?.id ?? 0));
    });
    expect((await overview()).counts).toEqual({
      projects: 2,
      environments: 1,
      releases: { count: 1, isCapped: false },
      deploys: { count: 2, isCapped: false },
    });
  });

  it("counts releases and deploys per week, within the member's reach", async () => {
    at("2026-04-12T23:59:59.999Z");
    await release("too-old");
    at("2026-04-13T00:00:00.000Z");
    await release("api@1.0", { projects: ["api"] });
    await deploy("api@1.0", "production");
    at("2026-06-28T23:59:59.999Z");
    await release("both@1.0", { projects: ["web", "api"] });
    at("2026-06-29T00:00:00.000Z");
    await createDeploy(ci, { organization, version: "both@1.0", environment: "staging", projects: ["api"] });
    await deploy("both@1.0", "production");
    const weekly = async (context: Context) => {
      const { weeks } = await overview(context);
      expect(weeks).toHaveLength(12);
      return weeks.filter(({ releases, deploys }) => releases !== 0 || deploys !== 0);
    };
    const last = { start: "2026-06-22T00:00:00Z", releases: 1, deploys: 0 };
    expect(await weekly(owner)).toEqual([
      { start: "2026-04-13T00:00:00Z", releases: 1, deploys: 1 },
      last,
      { start: "2026-06-29T00:00:00Z", releases: 0, deploys: 2 },
    ]);
    expect(await weekly(member)).toEqual([last, { start: "2026-06-29T00:00:00Z", releases: 0, deploys: 1 }]);
  });

  it("returns only what is within the member's reach", async () => {
    at("2026-06-30T00:00:00Z");
    await release("api@1.0", { projects: ["api"], commits: [] });
    await release("both@1.0", { projects: ["web", "api"], commits: [] });
    await deploy("api@1.0", "secret");
    await createDeploy(ci, { organization, version: "both@1.0", environment: "far", projects: ["api"] });
    await deploy("both@1.0", "production");
    const theirs = await as.ci("globex");
    await createRelease(theirs, { organization: "globex", version: "globex@1", projects: ["web"] });
    await createDeploy(theirs, { organization: "globex", version: "globex@1", environment: "elsewhere" });
    const own = await overview(member);
    expect(own).toMatchObject({
      deploys: [{ version: "both@1.0", environment: "production", projects: [{ slug: "web" }] }],
      releases: { count: 1, items: [{ version: "both@1.0" }] },
      attention: { withoutCommits: [{ project: { slug: "web" }, count: 1, items: [{ version: "both@1.0" }] }] },
      counts: { projects: 1, environments: 1, releases: { count: 1 }, deploys: { count: 1 } },
    });
    expect(own.deploys).toHaveLength(1);
    expect(JSON.stringify(own)).not.toMatch(/api|secret|globex|elsewhere/);
    expect(JSON.stringify(await overview(owner))).not.toMatch(/globex|elsewhere/);
    expect((await overview(owner)).counts).toMatchObject({ projects: 2, environments: 3, releases: { count: 2 }, deploys: { count: 3 } });
    await expect(overview(theirs)).rejects.toMatchObject({ code: "not_found" });
  });

  it("marks capped counts, and leaves out releases without a project", async () => {
    await release("first", { commits: [] });
    at("2026-06-30T00:00:00Z");
    const dateCreated = bench.clock.now();
    await bench.app.store.transaction(async (tx) => {
      const { releases, releaseProjects, projects } = tx.tables;
      const [web] = await tx.select().from(projects).where(eq(projects.slug, "web"));
      const dates = { dateCreated, dateEffective: dateCreated };
      const row = (index: number) => ({ organizationId, version: `web@${index}`, authorIds: [], ...dates });
      for (let start = 0; start < MAX_SCANNED; start += 500) {
        const stored = await tx
          .insert(releases)
          .values(Array.from({ length: 500 }, (_, index) => row(start + index)))
          .returning();
        // The newest one has no project.
        const linked = stored.filter(({ version }) => version !== `web@${MAX_SCANNED - 1}`);
        await tx.insert(releaseProjects).values(linked.map(({ id }) => ({ releaseId: id, projectId: web?.id ?? 0, ...dates })));
      }
    });
    for (const context of [owner, member]) {
      const { releases, attention } = await overview(context);
      expect(releases).toMatchObject({
        count: MAX_SCANNED - 1,
        isCapped: true,
        items: [{ version: `web@${MAX_SCANNED - 2}` }, ...Array.from({ length: 9 }, () => ({}))],
      });
      expect(attention.withoutCommits).toMatchObject([{ count: MAX_SCANNED - 1, isCapped: true, items: { length: 5 } }]);
      expect(attention.neverDeployed).toEqual([]);
    }
  });

  it("runs the same number of queries for any amount of data", async () => {
    const { store, taken } = countedStore(bench.app.store);
    const statementsOf = async (context: Context) => {
      taken();
      await overview({ ...context, store });
      return taken();
    };
    at("2026-06-30T00:00:00Z");
    await release("web@0");
    await deploy("web@0", "production");
    const once = [await statementsOf(owner), await statementsOf(member)];
    at("2026-06-30T01:00:00Z");
    for (let index = 1; index < 12; index += 1) {
      await release(`web@${index}`, { commits: [] });
      await deploy(`web@${index}`, `env${index}`);
      await updateRelease(ci, { organization, version: `web@${index}`, status: "open" });
    }
    expect([await statementsOf(owner), await statementsOf(member)]).toEqual(once);
    expect(once).toEqual([12, 13]);
  });
});
