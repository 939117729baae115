import { globSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { createAuth } from "@landfall/auth/create-auth";
import { type App, createApp } from "@landfall/core/app";
import { makeSample } from "@landfall/core/sample/make-sample";
import { type CountedStore, countedStore } from "@landfall/testing/counted-store";
import { openTestStore } from "@landfall/testing/open-test-store";
import { signIn } from "@landfall/testing/sign-in";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WEB } from "../test/run-program.ts";
import { publishApp } from "../src/running-app.ts";
import { listen } from "../src/serving/listen.ts";
import { pageAccess } from "../src/serving/page-access.ts";
import { openPages, type Pages } from "../src/serving/pages.ts";

/** No page of an organization asks more of the database than this, however large the organization is. */
const MOST = 60;

/** How many more statements the same page may need because there is something to show where a small organization has nothing. */
const MORE = 3;

type Facts = {
  readonly version: string;
  readonly before: string;
  readonly project: string;
  readonly email: string;
  readonly sha: string;
  readonly team: string;
};

/** A page for each route below an organization, by the folder its `page.tsx` is in. */
const PAGES: Readonly<Record<string, (facts: Facts) => string>> = {
  ".": () => "",
  board: () => "/board",
  "commits/[sha]": ({ sha }) => `/commits/${sha}`,
  compare: ({ version, before }) => `/compare?base=${before}&head=${version}`,
  deploys: () => "/deploys",
  "environments/[environment]": () => "/environments/production",
  people: () => "/people",
  "people/[email]": ({ email }) => `/people/${email}`,
  "people/mailmap": () => "/people/mailmap",
  projects: () => "/projects",
  "projects/[project]": ({ project }) => `/projects/${project}`,
  releases: () => "/releases",
  ...Object.fromEntries(
    ["", "/activity", "/commits", "/deploys", "/files", "/json", "/notes", "/people"].map((tab) => [
      `releases/[version]${tab}`,
      ({ version }: Facts) => `/releases/${version}${tab}`,
    ]),
  ),
  search: () => "/search?q=fix",
  ...Object.fromEntries(
    ["", "/about", "/audit", "/environments", "/members", "/projects", "/teams", "/tokens"].map((page) => [
      `settings${page}`,
      () => `/settings${page}`,
    ]),
  ),
  "settings/teams/[team]": ({ team }) => `/settings/teams/${team}`,
};

let server: Server;
let pages: Pages;
let counted: CountedStore;
let app: App;
let url: string;
let closeStore: () => Promise<void>;

beforeAll(async () => {
  const opened = await openTestStore("sqlite");
  closeStore = opened.close;
  counted = countedStore(opened.store);
  server = createServer();
  pages = await openPages({ mode: "on", dir: WEB, server });
  url = await listen(server, { host: "127.0.0.1", port: 0 });
  app = createApp({ store: counted.store, origin: url });
  publishApp(
    pageAccess({
      app,
      auth: createAuth({ app, oidc: null, onProblem: () => {} }),
      url,
      process: { startedAt: new Date(), dataDir: "/data" },
    }),
  );
  server.on("request", (request, response) => void pages.handle(request, response));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await pages.close();
  await closeStore();
});

/** Makes an organization with a history and answers how many statements each of its pages takes. */
async function statementsOf(
  organization: string,
  size: { releases: number; people: number; projects: number; days: number },
): Promise<Map<string, number>> {
  const context = await app.contextOf({ authorization: null, userAgent: null, requestId: null });
  const made = await makeSample(context, { organization, name: organization, seed: organization, ...size });
  const { read } = app.store;
  const { members, releases, commits, commitAuthors, teams } = read.tables;
  const [owner] = await read.select().from(members).where(eq(members.organizationId, made.organization.id)).limit(1);
  const rows = await read.select().from(releases).where(eq(releases.organizationId, made.organization.id));
  const [release, before] = rows.toSorted((a, b) => b.commitCount - a.commitCount);
  const [commit] = await read.select().from(commits).where(eq(commits.organizationId, made.organization.id)).limit(1);
  const [author] = await read.select().from(commitAuthors).where(eq(commitAuthors.organizationId, made.organization.id)).limit(1);
  const [team] = await read.select().from(teams).where(eq(teams.organizationId, made.organization.id)).limit(1);
  if (!owner || !release || !before || !commit || !author || !team)
    throw new Error("the sample has no owner, release, commit, author or team");
  const { cookie } = await signIn(app, owner.userId);
  const facts: Facts = {
    version: encodeURIComponent(release.version),
    before: encodeURIComponent(before.version),
    project: String(made.projects[0]),
    email: encodeURIComponent(author.email),
    sha: commit.sha,
    team: team.slug,
  };
  const taken = new Map<string, number>();
  for (const [route, pathOf] of Object.entries(PAGES)) {
    const look = () => fetch(`${url}/organizations/${organization}${pathOf(facts)}`, { headers: { cookie } });
    await (await look()).text();
    counted.taken();
    const response = await look();
    await response.text();
    expect([route, response.status]).toEqual([route, 200]);
    taken.set(route, counted.taken());
  }
  return taken;
}

test("every route below an organization is counted", () => {
  const base = path.join(WEB, "src/app/organizations/[organization]");
  const routes = globSync("**/page.tsx", { cwd: base }).map((file) => path.dirname(file));
  expect(Object.keys(PAGES).toSorted()).toEqual(routes.toSorted());
});

test("a page asks as much of the database in a large organization as in a small one", async () => {
  const small = await statementsOf("small", { releases: 12, people: 6, projects: 2, days: 20 });
  const large = await statementsOf("large", { releases: 400, people: 40, projects: 6, days: 120 });
  for (const [route, count] of large) {
    expect(count, route).toBeLessThanOrEqual(MOST);
    expect(count, route).toBeLessThanOrEqual((small.get(route) ?? 0) + MORE);
    expect(count, route).toBeGreaterThan(0);
  }
}, 120_000);
