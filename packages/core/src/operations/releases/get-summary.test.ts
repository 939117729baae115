import type { Callers } from "@landfall/testing/access/callers";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { saveNotes } from "../release-notes/save.ts";
import { createRelease } from "./create.ts";
import { getReleaseSummary } from "./get-summary.ts";
import { setReleaseStatus } from "./set-status.ts";

const acme = { organization: "acme" };
const at = (date: number) => new Date(Date.UTC(2026, 0, date, 0, 0, 0, 5)).toISOString();

describe.each(["sqlite", "pglite", "postgres"] as const)("getReleaseSummary in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;
  let eva: Context;

  beforeAll(async () => {
    ({ bench, as, ci, wim } = await openTwoTeams(kind));
    await bench.given.user("eva@acme.test", { name: "Eva", ...acme, teams: ["web", "api"] });
    eva = await as.person("eva@acme.test");
    await release(1, "web@1.0.0", ["web"]);
    await release(2, "api@5.0.0", ["api"]);
    await release(3, "web@1.1.0", ["web", "api"], {
      ref: "main",
      url: "https://acme.test/1",
      owner: "wim@acme.test",
      dateReleased: at(4),
      commits: [
        { id: "a", author_email: "wim@acme.test" },
        { id: "b", author_email: "max@x.test", author_name: "Max" },
      ],
    });
    await release(5, "web@1.2.0", ["web"]);
    await bench.given.project("acme", "line", { teams: ["web"] });
    for (const [index, version] of ["4.2.1", "4.3.0", "4.2.2", "4.3.0-5-gedf6082", "4.3.1"].entries()) {
      await release(20 + 2 * index, `line@${version}`, ["line"]);
      await release(21 + 2 * index, `other@${index}`, ["line"]);
    }
    await deploy("web@1.1.0", 6, "staging", ["web"]);
    await deploy("web@1.1.0", 7, "production", ["web"]);
    await deploy("web@1.1.0", 8, "vault", ["api"]);
    await deploy("web@1.2.0", 9, "staging");
  });
  afterAll(() => bench.close());

  async function release(date: number, version: string, projects: string[], more: object = {}) {
    bench.clock.set(at(date));
    await createRelease(ci, { ...acme, version, projects, ...more });
  }
  const deploy = (version: string, date: number, environment: string, projects?: string[]) =>
    createDeploy(ci, { ...acme, version, environment, dateFinished: at(date), ...(projects ? { projects } : {}) });
  const head = (by: Context, rest: { version?: string; project?: string } = {}) =>
    getReleaseSummary(by, { ...acme, version: "web@1.1.0", ...rest });
  const places = ({ environments }: Awaited<ReturnType<typeof head>>) =>
    environments.map(({ deploy: { environment }, isCurrent }) => `${environment}${isCurrent ? " now" : ""}`);

  test("returns the fields of the release", async () => {
    expect(await head(eva)).toMatchObject({
      version: "web@1.1.0",
      versionInfo: { package: "web", description: "1.1.0" },
      status: "open",
      ref: "main",
      url: "https://acme.test/1",
      dateCreated: at(3),
      dateReleased: at(4),
      owner: { name: "Wim", email: "wim@acme.test", isBot: false },
      commitCount: 2,
      peopleCount: 2,
      deployCount: 3,
      artifactCount: 0,
      projects: [{ slug: "web" }, { slug: "api" }],
      notes: null,
      notesHtml: null,
    });
    expect(await head(ci, { version: "web@1.0.0" })).toMatchObject({ owner: null, peopleCount: 0, environments: [], dateReleased: null });
  });

  test.each([
    [undefined, { project: "web", previous: "web@1.0.0", next: "web@1.2.0" }],
    ["api", { project: "api", previous: null, next: null }],
    ["unknown", { project: "web", previous: "web@1.0.0", next: "web@1.2.0" }],
  ])("returns the releases before and after it in %s", async (project, beside) => {
    expect((await head(eva, project === undefined ? {} : { project })).beside).toEqual(beside);
  });

  test.each([
    ["4.2.1", null, "4.3.0"],
    ["4.3.0", "4.2.1", "4.3.0-5-gedf6082"],
    ["4.2.2", "4.2.1", "4.3.0-5-gedf6082"],
    ["4.3.0-5-gedf6082", "4.3.0", "4.3.1"],
    ["4.3.1", "4.3.0-5-gedf6082", null],
  ])("returns the releases of the package before and after %s in the order of histories", async (version, previous, next) => {
    const name = (one: string | null) => one && `line@${one}`;
    expect((await head(eva, { version: `line@${version}` })).beside).toEqual({
      project: "line",
      previous: name(previous),
      next: name(next),
    });
  });

  test("returns no release of a project out of reach, but archived ones", async () => {
    expect((await head(wim, { project: "api" })).beside?.project).toBe("web");
    await setReleaseStatus(ci, { ...acme, versions: ["web@1.0.0"], status: "archived" });
    expect((await head(eva)).beside?.previous).toBe("web@1.0.0");
    expect(await head(eva, { version: "web@1.0.0" })).toMatchObject({ status: "archived" });
  });

  test("returns each environment within reach once, production first, and whether the release is current there", async () => {
    expect(places(await head(eva))).toEqual(["production now", "vault now", "staging"]);
    expect(places(await head(wim))).toEqual(["production now", "staging"]);
    expect((await head(eva)).environments[0]?.deploy.dateFinished).toBe(at(7));
  });

  test("returns what the caller may do, which requires reach of all projects", async () => {
    expect((await head(eva)).may).toEqual({ change: true, delete: true });
    expect((await head(ci)).may).toEqual({ change: true, delete: false });
    expect((await head(wim)).may).toEqual({ change: false, delete: false });
    expect((await head(wim, { version: "web@1.0.0" })).may).toEqual({ change: true, delete: true });
    expect((await head(await as.person("eva@acme.test", ["project:read"]))).may).toEqual({ change: false, delete: false });
  });

  test("returns the head commit of each repository, and whether the caller may see its page", async () => {
    const commitOf = (repository: string, id: string) => ({ repository, id });
    await release(10, "api@6.0.0", ["web", "api"], {
      commits: [commitOf("acme/web", "c1"), commitOf("acme/web", "c0"), commitOf("acme/api", "d1")],
    });
    await release(11, "api@6.1.0", ["web", "api"], {
      refs: [
        { repository: "acme/web", commit: "c1" },
        { repository: "acme/api", commit: "d1..d2" },
      ],
    });
    const [known, withRefs] = [{ version: "api@6.0.0" }, { version: "api@6.1.0" }];
    const web = { repository: "acme/web", sha: "c1", previousSha: null, hasPage: true, hasLinks: false };
    expect((await head(eva, known)).heads).toEqual([
      { repository: "acme/api", sha: "d1", previousSha: null, hasPage: true, hasLinks: false },
      web,
    ]);
    const api = { repository: "acme/api", sha: "d2", previousSha: "d1" };
    expect(await head(ci, withRefs)).toMatchObject({ commitCount: 0, heads: [{ ...api, hasPage: true, hasLinks: false }, web] });
    // Membership is closed: she sees the commits of her releases only, and no release contains d2.
    expect((await head(eva, withRefs)).heads).toEqual([{ ...api, hasPage: false, hasLinks: false }, web]);
  });

  test("returns no head commits without refs, and the first by name of many", async () => {
    expect((await head(ci, { version: "web@1.0.0" })).heads).toEqual([]);
    const names = Array.from({ length: 25 }, (_, index) => `acme/r${String(index).padStart(2, "0")}`);
    await release(12, "api@6.2.0", ["web"], { commits: names.toReversed().map((repository, id) => ({ repository, id: `e${id}` })) });
    expect((await head(ci, { version: "api@6.2.0" })).heads.map(({ repository }) => repository)).toEqual(names.slice(0, 20));
  });

  test("returns the beginning of saved notes", async () => {
    await saveNotes(eva, { ...acme, version: "web@1.2.0", markdown: "ä".repeat(3000) });
    const { notes, notesHtml } = await head(ci, { version: "web@1.2.0" });
    expect([notes, notesHtml]).toEqual(["ä".repeat(2000), `<p>${"ä".repeat(1500)}</p>\n<p>…</p>`]);
  });

  test("runs as many queries for 200 projects, 40 environments, and a long history as for one of each", async () => {
    const { id } = await bench.given.organization("large");
    const rows = deployRows(bench.app.store, id);
    const projectIds = await rows.projects(Array.from({ length: 200 }, (_, index) => `p${index}`));
    const environmentIds = await rows.environments(Array.from({ length: 40 }, (_, index) => `e${index}`));
    const date = new Date(at(1));
    const [small = 0, big = 0] = await rows.releases([
      { version: "small", date, projectIds: projectIds.slice(0, 1) },
      { version: "big", date: new Date(at(2)), projectIds },
    ]);
    await rows.deploys([
      { releaseId: small, environmentId: environmentIds[0] ?? 0, projectIds: projectIds.slice(0, 1), finished: date },
      ...environmentIds.map((environmentId) => ({ releaseId: big, environmentId, projectIds, finished: new Date(at(2)) })),
    ]);
    const { store, taken } = countedStore(bench.app.store);
    const large = { ...(await as.ci("large")), store };
    await getReleaseSummary(large, { organization: "large", version: "small" });
    const statements = taken();
    const { environments } = await getReleaseSummary(large, { organization: "large", version: "big" });
    expect([environments.length, taken() <= statements + 1, statements <= 18]).toEqual([40, true, true]);
  });
});
