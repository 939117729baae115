import { createServer } from "node:http";
import { createAuth } from "@landfall/auth/create-auth";
import { createApp } from "@landfall/core/create-app";
import type { App } from "@landfall/core/kernel/app";
import { makeSample } from "@landfall/core/sample-data/make-sample";
import { signIn } from "@landfall/testing/network/sign-in";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { listen } from "../src/server/http/http-server.ts";
import { openPages } from "../src/server/http/next-pages.ts";
import { pageAccess } from "../src/server/pages/page-access.ts";
import { publishApp } from "../src/server/pages/running-app.ts";
import { WEB } from "../test/run-program.ts";
import type { Facts } from "./organization-pages.ts";

export type SampleSize = { readonly releases: number; readonly people: number; readonly projects: number; readonly days: number };

/** An organization with a history. */
export type ServedOrganization = {
  readonly slug: string;
  readonly facts: Facts;
  /** The `Cookie` header of its owner's browser. */
  readonly owner: string;
};

/** The built pages, served in this process, with a store that counts its statements. */
export interface ServedPages extends AsyncDisposable {
  readonly app: App;
  /** Returns the number of statements since the last call. */
  statements(): number;
  makeOrganization(slug: string, size: SampleSize): Promise<ServedOrganization>;
  /** Requests the page of an organization at a path below it. */
  get(organization: string, path: string, cookie: string | null): Promise<{ status: number; location: string | null; text: string }>;
}

/** Serves the pages of the last build. A process can serve them only once at a time. */
export async function servedPages(): Promise<ServedPages> {
  const opened = await openTestStore("sqlite");
  const counted = countedStore(opened.store);
  const server = createServer();
  const pages = await openPages({ mode: "on", dir: WEB, server });
  const url = await listen(server, { host: "127.0.0.1", port: 0 });
  const app = createApp({ store: counted.store, origin: url });
  const auth = createAuth({ app, oidc: null, onProblem: () => {} });
  publishApp(pageAccess({ app, auth, url, process: { startedAt: new Date(), dataDir: "/data" } }));
  server.on("request", (request, response) => void pages.handle(request, response));
  return {
    app,
    statements: counted.taken,
    makeOrganization: (slug, size) => makeOrganization(app, slug, size),
    async get(organization, path, cookie) {
      const headers = new Headers(cookie === null ? [] : [["cookie", cookie]]);
      const response = await fetch(`${url}/organizations/${organization}${path}`, { headers, redirect: "manual" });
      return { status: response.status, location: response.headers.get("location"), text: await response.text() };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pages.close();
      await opened.close();
    },
  };
}

/** The end of every sample, so that its releases and deploys do not depend on the time of the test. */
const SAMPLE_END = new Date("2026-11-24T12:00:00Z");

async function makeOrganization(app: App, slug: string, size: SampleSize): Promise<ServedOrganization> {
  const context = await app.contextOf({ authorization: null, userAgent: null, requestId: null });
  const { organization, projects } = await makeSample(
    { ...context, now: () => SAMPLE_END },
    { organization: slug, name: slug, seed: slug, ...size },
  );
  const { read } = app.store;
  const { members, releases, commits, commitAuthors, teams } = read.tables;
  const { id } = organization;
  const [owner] = await read.select().from(members).where(eq(members.organizationId, id)).limit(1);
  const rows = await read.select().from(releases).where(eq(releases.organizationId, id));
  const [release, before] = rows.toSorted((a, b) => b.commitCount - a.commitCount);
  const [commit] = await read.select().from(commits).where(eq(commits.organizationId, id)).limit(1);
  const [author] = await read.select().from(commitAuthors).where(eq(commitAuthors.organizationId, id)).limit(1);
  const [team] = await read.select().from(teams).where(eq(teams.organizationId, id)).limit(1);
  if (!owner || !release || !before || !commit || !author || !team) throw new Error("the sample data is incomplete");
  const facts = {
    version: encodeURIComponent(release.version),
    before: encodeURIComponent(before.version),
    project: String(projects[0]),
    email: encodeURIComponent(author.email),
    sha: commit.sha,
    team: team.slug,
  };
  return { slug, facts, owner: (await signIn(app, owner.userId)).cookie };
}
