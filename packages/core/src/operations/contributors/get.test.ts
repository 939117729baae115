import type { Callers } from "@landfall/testing/access/callers";
import type { TestApp } from "@landfall/testing/create-test-app";
import { directRows, mergeDirectly, writeRelease } from "@landfall/testing/rows/direct-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { getContributor } from "./get.ts";
import { openContributorsWorld } from "./contributors.fixture.ts";

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite"] as const)("getContributor in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let wim: Context;

  beforeAll(async () => {
    const world = await openContributorsWorld(kind);
    const { organizationId: id } = world;
    ({ bench, as, owner, wim } = world);
    await bench.given.user("far@acme.test", { ...acme, name: "Fay", role: "admin", teams: ["far"] });
    await bench.given.user("gone@acme.test", { ...acme, name: "Gone" });
    const direct = directRows(bench.app.store);
    await direct.deactivate("gone@acme.test");
    const write = (version: string, project: string, date: string, written: string[]) =>
      writeRelease(owner, { version, projects: [project], date }, written);
    await write("pump@1", "pump", "2026-01-01T00:00:00Z", ["Eva <eva@acme.test>", "Wim <wim@home.test>", "Gone <gone@acme.test>"]);
    await write("valve@1", "valve", "2026-02-01T00:00:00Z", ["Eva <eva@old.test>", "Fay <far@acme.test>", "Zoë <zoe@acme.test>"]);
    await write("pump@2", "pump", "2026-03-01T00:00:00Z", ["E. <eva@home.test>", "W. <w@other.test>", "Wim <wim@acme.test>"]);
    await writeRelease(await as.ci("globex"), { organization: "globex", version: "1", projects: ["only"] }, ["M <m@globex.test>"]);
    await mergeDirectly(bench.app.store, id, "eva@acme.test", ["eva@home.test", "eva@old.test"]);
    await mergeDirectly(bench.app.store, id, "wim@home.test", ["w@other.test"]);
    const deploy = (by: Context, version: string, environment: string, dateFinished: string) =>
      createDeploy(by, { ...acme, version, environment, dateFinished });
    await deploy(wim, "pump@1", "staging", "2026-01-02T00:00:00Z");
    await deploy(wim, "pump@1", "production", "2026-01-03T00:00:00Z");
    await deploy(owner, "pump@2", "production", "2026-03-02T00:00:00Z");
    await deploy(await as.person("far@acme.test"), "valve@1", "vault", "2026-02-02T00:00:00Z");
  });
  afterAll(() => bench.close());

  const person = (context: Context, email: string) => getContributor(context, { ...acme, email });
  const summarize = async (context: Context, email: string) => {
    const { name, emails, commits, releases, deploys } = await person(context, email);
    const wrote = commits.map(
      ({ sha, releases: containing }) => `${sha.split("-")[0]} in ${containing.map(({ version }) => version).join()}`,
    );
    return [
      name,
      emails.join(" "),
      wrote.join(", "),
      releases.map(({ version }) => version).join(" "),
      deploys.map(({ version, environment }) => `${version} to ${environment}`).join(", "),
    ];
  };
  const missing = expect.objectContaining({ code: "not_found" });

  test.each(["eva@acme.test", "eva@home.test", "EVA@Old.Test", " eva@old.test "])(
    "returns one contributor with all addresses for %s",
    async (email) => {
      expect(await summarize(owner, email)).toEqual([
        "Eva",
        "eva@acme.test eva@home.test eva@old.test",
        "pump@2 in pump@2, valve@1 in valve@1, pump@1 in pump@1",
        "pump@2 valve@1 pump@1",
        "",
      ]);
    },
  );

  test.each(["wim@acme.test", "wim@home.test", "w@other.test"])("returns a member with role, teams and deploys for %s", async (email) => {
    expect(await summarize(owner, email)).toEqual([
      "Wim",
      "wim@acme.test w@other.test wim@home.test",
      "pump@2 in pump@2, pump@2 in pump@2, pump@1 in pump@1",
      "pump@2 pump@1",
      "pump@1 to production, pump@1 to staging",
    ]);
    const { member, userId, isBot } = await person(owner, email);
    expect({ member, isBot }).toEqual({ member: { id: userId, name: "Wim", role: "member", teams: ["near"] }, isBot: false });
  });

  test("returns a member without commits", async () => {
    expect(await person(owner, "owner@acme.test")).toMatchObject({
      emails: ["owner@acme.test"],
      member: { role: "owner" },
      commits: [],
      releases: [],
    });
    expect((await person(owner, "owner@acme.test")).deploys).toMatchObject([{ version: "pump@2", environment: "production" }]);
  });

  test("counts commits and deploys per week, within the caller's reach", async () => {
    const weekly = async (context: Context, email: string) => {
      const { weeks } = await getContributor({ ...context, now: () => new Date("2026-03-04T00:00:00Z") }, { ...acme, email });
      expect(weeks).toHaveLength(26);
      return weeks.filter(({ commits, deploys }) => commits !== 0 || deploys !== 0);
    };
    const week = (start: string, commits: number, deploys: number) => ({ start: `${start}T00:00:00Z`, commits, deploys });
    expect(await weekly(owner, "eva@acme.test")).toEqual([week("2025-12-29", 1, 0), week("2026-01-26", 1, 0), week("2026-02-23", 1, 0)]);
    expect(await weekly(wim, "eva@acme.test")).toEqual([week("2025-12-29", 1, 0), week("2026-02-23", 1, 0)]);
    expect(await weekly(owner, "owner@acme.test")).toEqual([week("2026-03-02", 0, 1)]);
    expect(await weekly(owner, "far@acme.test")).toEqual([week("2026-01-26", 1, 0), week("2026-02-02", 0, 1)]);
    expect(await weekly(wim, "far@acme.test")).toEqual([]);
  });

  test("returns the name in the commits for a deactivated member", async () => {
    expect(await person(owner, "gone@acme.test")).toMatchObject({ name: "Gone", userId: null, member: null });
  });

  test("returns only what is within the caller's reach", async () => {
    expect(await summarize(wim, "eva@acme.test")).toEqual([
      "Eva",
      "eva@acme.test eva@home.test",
      "pump@2 in pump@2, pump@1 in pump@1",
      "pump@2 pump@1",
      "",
    ]);
    expect(await summarize(wim, "far@acme.test")).toEqual(["Fay", "far@acme.test", "", "", ""]);
    expect((await person(wim, "far@acme.test")).member).toMatchObject({ role: "admin", teams: ["far"] });
    await expect(person(wim, "zoe@acme.test")).rejects.toThrow(missing);
  });

  test("leaves out role and teams for callers who may not see members", async () => {
    const reader = await as.person("wim@acme.test", ["project:read"]);
    expect(await person(reader, "wim@acme.test")).toMatchObject({ name: "Wim", member: null });
    await expect(person(reader, "far@acme.test")).rejects.toThrow(missing);
  });

  test.each(["nobody@acme.test", "m@globex.test", "eva", "%"])("finds nobody for %s", async (email) => {
    await expect(person(owner, email)).rejects.toThrow(missing);
  });

  test.each(["", "a\0b", "x".repeat(300)])("rejects %j", async (email) => {
    await expect(person(owner, email)).rejects.toThrow(
      expect.objectContaining({ code: "invalid", issues: [expect.objectContaining({ path: ["email"] })] }),
    );
  });

  test("returns the last 20 of each with as many statements as for a few", async () => {
    const counted = countedStore(bench.app.store);
    const taken = async () => {
      await getContributor({ ...owner, store: counted.store }, { ...acme, email: "max@acme.test" });
      return counted.taken();
    };
    const writer = "Max <max@acme.test>";
    await writeRelease(owner, { version: "m0", projects: ["pump"], date: "2026-04-01T00:00:00Z" }, [writer]);
    const few = await taken();
    for (let n = 1; n <= 24; n += 1) {
      await writeRelease(owner, { version: `m${n}`, projects: ["pump"], date: `2026-05-${String(n).padStart(2, "0")}T00:00:00Z` }, [
        writer,
        writer,
      ]);
    }
    expect(await taken()).toBe(few);
    expect(few).toBeLessThanOrEqual(20);
    const { commits, releases } = await person(owner, "max@acme.test");
    expect([commits.length, commits[0]?.releases[0]?.version, commits[19]?.releases[0]?.version]).toEqual([20, "m24", "m15"]);
    expect(commits.map(({ releaseCount }) => releaseCount)).toEqual(commits.map(() => 1));
    expect(releases.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => `m${24 - index}`));
  });
});
