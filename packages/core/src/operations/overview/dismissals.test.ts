import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { createUserToken } from "../tokens/user-tokens.ts";
import { dismissAttention, restoreAttention } from "./dismissals.ts";
import { getOverview } from "./get.ts";

const organization = "acme";

describe.each(["sqlite", "pglite"] as const)("dismissAttention over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let owner: Context;
  /** In the team `near`, which has the project web and not api. */
  let member: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, {
      openMembership: false,
      teams: ["near", "far"],
      projects: { web: "near", api: "far" },
    });
    await bench.given.organization("globex", { teams: ["near"], projects: { web: "near" } });
    await bench.given.user("boss@acme.test", { name: "Boss", organization, role: "owner" });
    await bench.given.user("ada@acme.test", { name: "Ada", organization, teams: ["near"] });
    [ci, owner, member] = [await as.ci(organization), await as.person("boss@acme.test"), await as.person("ada@acme.test")];
    bench.clock.set("2026-06-30T12:00:00Z");
  });
  afterEach(() => bench.close());

  const release = (version: string, projects = ["web"]) => createRelease(ci, { organization, version, projects });
  const attention = async (context: Context) => (await getOverview(context, { organization })).attention;
  /** The items without commits: project, number of releases, and whether it is dismissed. */
  const summarize = async (context: Context) =>
    (await attention(context)).withoutCommits.map(({ project, count, isDismissed }) => [project.slug, count, isDismissed]);
  const dismiss = async (context: Context, project: string) => {
    const item = (await attention(context)).withoutCommits.find((one) => one.project.slug === project);
    await dismissAttention(context, { organization, kind: "commits", project, ids: item?.ids ?? [] });
  };

  it("dismisses one kind of one project, for the caller only, and undoes it", async () => {
    await release("web@1");
    await release("both@1", ["web", "api"]);
    await dismiss(owner, "web");
    expect(await summarize(owner)).toEqual([
      ["api", 1, false],
      ["web", 2, true],
    ]);
    expect(await summarize(member)).toEqual([["web", 2, false]]);
    await restoreAttention(owner, { organization, kind: "commits", project: "web" });
    expect((await summarize(owner)).map(([, , isDismissed]) => isDismissed)).toEqual([false, false]);
    await restoreAttention(owner, { organization, kind: "commits", project: "web" });
  });

  it("shows an item again when it gets another release, and not when it loses one", async () => {
    await release("web@1");
    await release("web@2");
    await dismiss(owner, "web");
    await createRelease(ci, { organization, version: "web@1", projects: ["web"], commits: [{ id: "a", message: "x" }] });
    expect(await summarize(owner)).toEqual([["web", 1, true]]);
    await release("web@3");
    expect(await summarize(owner)).toEqual([["web", 2, false]]);
    await dismiss(owner, "web");
    expect(await summarize(owner)).toEqual([["web", 2, true]]);
  });

  it("does not dismiss a release that was created since the page was read", async () => {
    await release("web@1");
    const [seen] = (await attention(owner)).withoutCommits;
    await release("web@2");
    await dismissAttention(owner, { organization, kind: "commits", project: "web", ids: seen?.ids ?? [] });
    expect(await summarize(owner)).toEqual([["web", 2, false]]);
  });

  it("shows tokens again after a week, or when there is another", async () => {
    const token = (name: string) => createUserToken(owner, { name, scopes: ["org:read"], dateExpires: "2026-07-10T12:00:00Z" });
    const tokens = async () => (await attention(owner)).expiringTokens;
    await token("first");
    const dismissTokens = async () => dismissAttention(owner, { organization, kind: "tokens", ids: (await tokens()).ids });
    await dismissTokens();
    expect((await tokens()).isDismissed).toBe(true);
    bench.clock.set("2026-07-07T11:59:59Z");
    expect((await tokens()).isDismissed).toBe(true);
    bench.clock.set("2026-07-07T12:00:00Z");
    expect((await tokens()).isDismissed).toBe(false);
    await dismissTokens();
    await token("second");
    expect((await tokens()).isDismissed).toBe(false);
    await dismissTokens();
    await restoreAttention(owner, { organization, kind: "tokens" });
    expect((await tokens()).isDismissed).toBe(false);
  });

  it("rejects projects out of reach, unknown ones, other organizations, and organization tokens", async () => {
    const input = { organization, kind: "commits" as const, project: "api", ids: [] };
    await expect(dismissAttention(member, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(restoreAttention(member, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(dismissAttention(owner, { ...input, project: "none" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(dismissAttention(owner, { ...input, organization: "globex" })).rejects.toMatchObject({ code: "not_found" });
    await expect(dismissAttention(ci, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(dismissAttention(owner, { organization, kind: "commits", ids: [] })).rejects.toMatchObject({ code: "invalid" });
    await expect(dismissAttention(owner, { ...input, kind: "tokens" })).rejects.toMatchObject({ code: "invalid" });
  });
});
