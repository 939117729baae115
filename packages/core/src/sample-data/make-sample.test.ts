import { DAY } from "@landfall/domain/durations";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { isPostgresAvailable } from "@landfall/testing/stores/open-test-postgres";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SYSTEM_ACTOR } from "../kernel/actor.ts";
import type { Context } from "../kernel/context.ts";
import { createDeploy } from "../operations/deploys/create.ts";
import { listDeploys } from "../operations/deploys/list-in-release.ts";
import { listMembers } from "../operations/members/list.ts";
import { listOrganizations } from "../operations/organizations/get.ts";
import { deleteOrganization, previewOrganizationRemoval, purgeRemovedOrganizations } from "../operations/organizations/remove.ts";
import { listProjects } from "../operations/projects/list.ts";
import { createRelease } from "../operations/releases/create.ts";
import { getRelease } from "../operations/releases/get.ts";
import { listReleases } from "../operations/releases/list.ts";
import { listRepositories } from "../operations/repositories/list.ts";
import { listTeams } from "../operations/teams/teams.ts";
import { createSample, makeSample } from "./make-sample.ts";
import { planHistory } from "./plan-history.ts";

const organization = "acme";
const SMALL = { seed: "small", organization, releases: 14, people: 7, projects: 2, days: 20 };
const OPTIONS = { ...SMALL, name: "Acme" };

const kinds: TestStoreKind[] = (await isPostgresAvailable()) ? ["sqlite", "pglite", "postgres"] : ["sqlite", "pglite"];

// The first database of a kind takes longer to open.
describe.each(kinds)("a sample in %s", { timeout: 30_000 }, (kind) => {
  let bench: TestApp;
  let context: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    context = { ...(await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null })), actor: SYSTEM_ACTOR };
  });
  afterEach(() => bench.close());

  /** Returns what pages show of the sample, without ids. */
  async function shown() {
    const releases = (await listReleases(context, { organization, status: "" })).items;
    const deploys = await Promise.all(releases.map(({ version }) => listDeploys(context, { organization, version })));
    const { read } = bench.app.store;
    const { auditLog } = read.tables;
    const { action, target, dateCreated } = auditLog;
    const audit = await read.select({ action, target, dateCreated }).from(auditLog).orderBy(asc(dateCreated), asc(target), asc(action));
    return {
      releases: releases.map(({ version, dateCreated: date, dateReleased, commitCount, deployCount, status, ref }) => {
        return { version, date, dateReleased, commitCount, deployCount, status, ref };
      }),
      deploys: deploys.flatMap(({ items }) =>
        items.map(({ environment, dateFinished, name, url }) => ({ environment, dateFinished, name, url })),
      ),
      audit,
    };
  }

  test("contains the planned history, created by operations, with its dates", async () => {
    const made = await makeSample(context, OPTIONS);
    const history = planHistory({ ...SMALL, now: context.now() });
    const counts = await rowCounts(bench.app.store);
    const { read } = bench.app.store;
    const releases = history.steps.filter((step) => step.kind === "release");
    const deploys = history.steps.filter((step) => step.kind === "deploy");
    const commits = releases.flatMap((release) => release.commits);
    expect(made.counts).toEqual({ releases: 14, commits: commits.length, deploys: deploys.length, people: 5 });
    expect(made.organization.slug).toBe(organization);
    expect(counts).toMatchObject({ releases: 14, commits: commits.length, deploys: deploys.length, users: 6, members: 6, tokens: 2 });
    expect(counts["releaseNotes"]).toBe(history.steps.filter((step) => step.kind === "notes").length);
    expect(await read.select().from(read.tables.organizations)).toMatchObject([
      { slug: organization, isSample: true, dateCreated: history.start },
    ]);

    const known = new Map((await listReleases(context, { organization, status: "" })).items.map((release) => [release.version, release]));
    for (const { version, at, commits: brought } of releases) {
      expect(known.get(version)).toMatchObject({ dateCreated: at.toISOString().replace(".000Z", "Z"), commitCount: brought.length });
    }
    expect((await listProjects(context, { organization })).items.map(({ slug }) => slug)).toEqual(["api", "web"]);
    expect((await listTeams(context, { organization })).items.map(({ slug }) => slug)).toEqual(["apps", "platform"]);
    expect((await listRepositories(context, { organization })).items.map(({ url }) => url)).toEqual([
      "https://github.example/acme/api",
      "https://github.example/acme/web",
    ]);
    const roles = (await listMembers(context, { organization })).items.map(({ email, role }) => [email, role]);
    expect(roles).toContainEqual(["admin@acme.example", "owner"]);
    const tokens = await read.select().from(read.tables.tokens).orderBy(asc(read.tables.tokens.name));
    expect(tokens.map(({ name, dateExpires }) => [name, dateExpires?.toISOString()])).toEqual([
      ["CI", undefined],
      ["Nightly builds", "2026-01-09T03:04:05.678Z"],
    ]);
  });

  test("has a token that can report releases", async () => {
    const { ciToken } = await makeSample(context, OPTIONS);
    const ci = await bench.app.contextOf({ authorization: `Bearer ${ciToken}`, userAgent: null, requestId: null });
    expect(await getRelease(ci, { organization, version: (await shown()).releases[0]?.version ?? "" })).toMatchObject({ status: "open" });
  });

  test("is the same again after it was deleted", async () => {
    await makeSample(context, OPTIONS);
    const first = await shown();
    await deleteOrganization(context, { organization });
    await purgeRemovedOrganizations({ ...context, now: () => new Date(bench.app.now().getTime() + DAY) });
    const left = await rowCounts(bench.app.store);
    expect(left).toMatchObject({ organizations: 0, releases: 0, commits: 0, commitFiles: 0, deploys: 0, tokens: 0, users: 6 });
    await makeSample(context, OPTIONS);
    const second = await shown();
    expect(second.releases).toEqual(first.releases);
    expect(second.deploys).toEqual(first.deploys);
    const ofOrganization = (list: typeof first.audit) => list.filter(({ action }) => !/^(?:user|organization)\./.test(action));
    expect(ofOrganization(second.audit)).toEqual(ofOrganization(first.audit));
  });
});

describe("making a sample", () => {
  let bench: TestApp;
  let context: Context;
  beforeEach(async () => {
    bench = await createTestApp();
    context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  });
  afterEach(() => bench.close());

  test("reports progress, but no changes to pages", async () => {
    const onChange = vi.fn();
    const progress: number[] = [];
    const all = planHistory({ ...SMALL, now: context.now() }).steps.length;
    const onProgress = (done: number, of: number) => {
      expect(of).toBe(all);
      progress.push(done);
    };
    await makeSample({ ...context, onChange }, OPTIONS, { onProgress });
    expect(progress.at(-1)).toBe(all);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(onChange).not.toHaveBeenCalled();
  });

  test("refuses a slug that is taken, and changes nothing", async () => {
    await bench.given.organization(organization);
    const before = await rowCounts(bench.app.store);
    await expect(makeSample(context, OPTIONS)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("organization with the slug acme already exists"),
    });
    expect(await rowCounts(bench.app.store)).toEqual(before);
  });

  test.each([
    [{ organization: "No Slug" }, "organization"],
    [{ email: "nobody" }, "email"],
    [{ releases: 20_001 }, "releases"],
    [{ people: 0 }, "people"],
    [{ projects: 7 }, "projects"],
    [{ days: Number.NaN }, "days"],
    [{ seed: "" }, "seed"],
  ])("refuses %j", async (bad, path) => {
    await expect(makeSample(context, { ...OPTIONS, ...bad })).rejects.toMatchObject({ code: "invalid", issues: [{ path: [path] }] });
    expect(await rowCounts(bench.app.store)).toMatchObject({ organizations: 0, users: 0 });
  });

  test("replaces another sample if requested, but never other data", async () => {
    await makeSample(context, OPTIONS, { replaces: true });
    const { counts } = await makeSample(context, { ...OPTIONS, releases: 5 }, { replaces: true });
    expect(counts.releases).toBe(5);
    expect(await rowCounts(bench.app.store)).toMatchObject({ organizations: 1, releases: 5 });
    await expect(makeSample(context, { ...OPTIONS, releases: -1 }, { replaces: true })).rejects.toMatchObject({ code: "invalid" });
    await bench.given.organization("real");
    const taken = makeSample(context, { ...OPTIONS, organization: "real" }, { replaces: true });
    await expect(taken).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("has no sample data") });
    expect(await rowCounts(bench.app.store)).toMatchObject({ organizations: 2, releases: 5 });
  });

  test("leaves nothing behind when it fails", async () => {
    const { store } = context;
    let left = 30;
    const failing: Context = {
      ...context,
      store: {
        ...store,
        transaction: (work) => (left-- === 0 ? Promise.reject(new Error("the disk is full")) : store.transaction(work)),
      },
    };
    await expect(makeSample(failing, OPTIONS)).rejects.toThrow("the disk is full");
    expect(await rowCounts(bench.app.store)).toMatchObject({ organizations: 0, releases: 0, projects: 0, tokens: 0, members: 0 });
    expect(await makeSample(context, OPTIONS)).toMatchObject({ counts: { releases: 14 } });
  });
});

describe("create sample", () => {
  let bench: TestApp;
  let ada: Context;
  let userId: number;

  beforeEach(async () => {
    bench = await createTestApp();
    await bench.given.organization("acme");
    ({ id: userId } = await bench.given.user("ada@acme.test", { organization: "acme" }));
    ada = await (await signIn(bench.app, userId)).context();
  });
  afterEach(() => bench.close());

  test("the creator of a sample is its owner and can delete it", async () => {
    expect(await createSample(ada, { userId })).toMatchObject({ organization: { slug: "sample" }, projects: ["web", "api", "mobile"] });
    expect((await listOrganizations(ada, {})).items.map(({ slug }) => slug)).toEqual(["acme", "sample"]);
    expect((await listReleases(ada, { organization: "sample", status: "", per_page: 100 })).items).toHaveLength(60);
    const { items } = await listMembers(ada, { organization: "sample" });
    expect(items).toHaveLength(13);
    expect(items.find(({ email }) => email === "ada@acme.test")).toMatchObject({ role: "owner", teams: ["apps", "platform"] });
    await deleteOrganization(ada, { organization: "sample" });
    expect(await createSample(ada, { userId })).toMatchObject({ counts: { releases: 60 } });
  });

  test("nothing in a new sample counts as not sample data; what is added later does", async () => {
    await createSample(ada, { userId });
    const preview = async () => (await previewOrganizationRemoval(ada, { organization: "sample" })).contents;
    const counts = { projects: 3, releases: 60, teams: 2, members: 13, tokens: 2 };
    for (const { kind, count, ownCount } of await preview()) {
      expect(ownCount, kind).toBe(0);
      expect(count, kind).toBe(kind === "deploys" || kind === "bundles" ? count : counts[kind]);
    }
    bench.clock.advance(1000);
    await createRelease(ada, { organization: "sample", version: "mine@1.0", projects: ["web"] });
    await createDeploy(ada, { organization: "sample", version: "mine@1.0", environment: "production" });
    const own = (await preview()).filter(({ ownCount }) => ownCount > 0);
    expect(own).toEqual([
      { kind: "releases", count: 61, ownCount: 1, ownNames: ["mine@1.0"] },
      { kind: "deploys", count: expect.any(Number), ownCount: 1, ownNames: ["mine@1.0 to production"] },
    ]);
  });

  test("there is one at a time", async () => {
    await createSample(ada, { userId });
    const { id } = await bench.given.user("bob@acme.test", { organization: "acme" });
    const bob = await (await signIn(bench.app, id)).context();
    await expect(createSample(bob, { userId: id })).rejects.toMatchObject({ code: "conflict" });
    await expect(listReleases(bob, { organization: "sample" })).rejects.toMatchObject({ code: "not_found" });
  });
});
