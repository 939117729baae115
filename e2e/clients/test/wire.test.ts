import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { clientBench } from "../src/client-bench.ts";
import { releasePath, type RestResponse, restApi, WireRelease } from "../src/rest-api.ts";

// Rules whose violation breaks real clients (clients.md 1), tested without a client, so that a failure names the rule.
const bench = clientBench();

const RELEASES = "/organizations/acme/releases/";
const send = (method: string, path: string, body?: unknown) => bench.api.send(method, path, body);
const slugs = async (version: string) => (await bench.api.release(version)).projects.map(({ slug }) => slug);

beforeAll(async () => {
  for (const version of ["1.0", "latest-but-one"]) await send("POST", RELEASES, { version, projects: ["web"] });
});

const READS = [
  "/",
  "/auth/",
  "/organizations/",
  "/organizations/acme/",
  "/organizations/acme/projects/?cursor=",
  "/organizations/acme/repos/?cursor=",
  "/projects/acme/web/",
  "/projects/acme/web/releases/",
  "/projects/acme/web/releases/1.0/",
  "/projects/acme/web/releases/1.0/commits/",
  RELEASES,
  `${RELEASES}1.0/`,
  `${RELEASES}1.0/commits/`,
  `${RELEASES}1.0/commitfiles/`,
  `${RELEASES}1.0/deploys/`,
  `${RELEASES}1.0/previous-with-commits/`,
];

describe("all responses", () => {
  test.each(READS)("GET %s is JSON that clients do not cache", async (path) => {
    const response = await send("GET", path);
    expect(response).toMatchObject({ status: 200 });
    expectJson(response);
    expect(response.headers.get("cache-control")).toMatch(/\bno-(store|cache)\b/);
  });

  const failures: readonly { request: string; status: number; body?: unknown }[] = [
    { request: `GET ${RELEASES}missing/`, status: 404 },
    { request: `GET ${RELEASES}missing/commits/`, status: 404 },
    { request: `GET ${RELEASES}missing/previous-with-commits/`, status: 404 },
    { request: `GET ${RELEASES}missing/deploys/`, status: 404 },
    { request: `PUT ${RELEASES}missing/`, status: 404, body: { dateReleased: "2026-01-01T00:00:00Z" } },
    { request: `PUT ${RELEASES}missing/`, status: 404, body: { refs: [] } },
    { request: `POST ${RELEASES}missing/deploys/`, status: 404, body: { environment: "production" } },
    { request: `DELETE ${RELEASES}missing/`, status: 404 },
    { request: "GET /organizations/nobody/releases/", status: 404 },
    { request: "POST /organizations/nobody/releases/", status: 404, body: { version: "1", projects: [] } },
    { request: "GET /projects/acme/nothing/releases/", status: 404 },
    { request: "POST /projects/acme/nothing/releases/", status: 404, body: { version: "1" } },
    { request: `PUT ${RELEASES}`, status: 405, body: {} },
    { request: `GET ${RELEASES}?cursor=nonsense`, status: 400 },
  ];
  test.each(failures)("$request fails with $status and one text", async ({ request, status, body }) => {
    const [method = "", path = ""] = request.split(" ");
    const response = await send(method, path, body);
    expect({ status: response.status, body: response.body }).toEqual({ status, body: { detail: expect.any(String) } });
    expectJson(response);
  });

  test("a body that is not JSON fails with 400 and one text, and is never a 500", async () => {
    const headers = { authorization: `Bearer ${bench.server.token}`, "content-type": "application/json" };
    const response = await fetch(`${bench.server.url}/api/0${RELEASES}`, { method: "POST", headers, body: '{"version":' });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: expect.stringMatching(/^JSON parse error - /) });
  });
});

describe("creating", () => {
  test("the same version again returns 208 with the same release, and never removes a project", async () => {
    const body = { version: "2.0", projects: ["web"], url: "https://e.test/2" };
    const first = await send("POST", RELEASES, body);
    const again = await send("POST", RELEASES, { ...body, url: "https://e.test/other" });
    expect([first.status, again.status]).toEqual([201, 208]);
    expect(again.body).toEqual(first.body);
    expect((await send("POST", RELEASES, { version: "2.0", projects: ["api"] })).status).toBe(201);
    expect((await slugs("2.0")).toSorted()).toEqual(["api", "web"]);
    expect((await send("POST", RELEASES, { version: "2.0", projects: [], status: "open" })).status).toBe(208);
    expect((await slugs("2.0")).toSorted()).toEqual(["api", "web"]);
  });

  test("a project is given by slug, by integer id, or by the id as text", async () => {
    const ids = new Map(bench.server.projects.map(({ slug, id }) => [slug, id]));
    expect((await send("POST", RELEASES, { version: "2.1", projects: ["web", Number(ids.get("api"))] })).status).toBe(201);
    expect((await slugs("2.1")).toSorted()).toEqual(["api", "web"]);
    expect((await send("POST", RELEASES, { version: "2.1", projects: [ids.get("web"), ids.get("api")] })).status).toBe(208);
    expect((await send("GET", `/projects/acme/${ids.get("api")}/releases/2.1/`)).status).toBe(200);
  });

  test("fields that only old or new clients send are ignored, including nulls", async () => {
    const body = {
      version: "2.2",
      projects: ["web"],
      dateStarted: "2026-11-23T21:04:40.115161030Z",
      dateReleased: null,
      url: null,
      ref: null,
    };
    expect((await send("POST", RELEASES, body)).status).toBe(201);
    expect(await bench.api.release("2.2")).toMatchObject({ url: null, dateReleased: null });
  });

  test("ten concurrent creates of one version create one release", async () => {
    const responses = await Promise.all(Array.from({ length: 10 }, () => send("POST", RELEASES, { version: "2.3", projects: ["web"] })));
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 208)).toHaveLength(9);
    expect(new Set(responses.map(({ body }) => WireRelease.parse(body).id)).size).toBe(1);
  });
});

describe("reading", () => {
  test("a release without a predecessor gets exactly {}, never itself", async () => {
    await send("POST", RELEASES, { version: "3.0", projects: ["api"], commits: [{ id: "a".repeat(40), repository: "origin" }] });
    expect((await send("GET", `${RELEASES}3.0/previous-with-commits/`)).body).toEqual({});
    await send("POST", RELEASES, { version: "3.1", projects: ["api"] });
    expect((await send("GET", `${RELEASES}3.1/previous-with-commits/`)).body).toMatchObject({
      version: "3.0",
      lastCommit: { id: "a".repeat(40) },
    });
  });

  test("a commit can have null fields", async () => {
    const commit = { id: "b".repeat(40), repository: "origin", author_email: null, message: null, timestamp: "2026-05-07T10:00:00+02:00" };
    expect((await send("PUT", releasePath("3.0"), { commits: [{ ...commit, patch_set: [] }] })).status).toBe(200);
    expect(await bench.api.commits("3.0")).toMatchObject([{ id: commit.id, message: null, author: {} }]);
  });

  test("a repository never has an integration provider", async () => {
    expect(await bench.api.repositories()).toMatchObject([{ name: "origin", provider: { id: "unknown", name: "Unknown Provider" } }]);
  });

  test("an organization has no region, or that of this server", async () => {
    const Links = z.object({ links: z.object({ regionUrl: z.string().optional() }).optional() });
    for (const path of ["/organizations/acme/", "/organizations/"]) {
      const { body } = await send("GET", path);
      for (const found of z.union([Links.array(), Links.transform((one) => [one])]).parse(body)) {
        expect([undefined, bench.server.url]).toContain(found.links?.regionUrl?.replace(/\/$/, ""));
      }
    }
  });

  test("there are no regions: none listed, or none known", async () => {
    const { status, body } = await send("GET", "/users/me/regions/");
    expect(status === 404 || (status === 200 && JSON.stringify(body) === '{"regions":[]}')).toBe(true);
  });

  test("versions are found by any encoding of their path", async () => {
    await send("POST", RELEASES, { version: "web@1.0.0+b 1", projects: ["web"] });
    for (const spelling of ["web@1.0.0%2Bb%201", "web%401.0.0%2Bb%201", "%77eb@1.0.0%2bb%201"]) {
      expect((await send("GET", `${RELEASES}${spelling}/`)).body).toMatchObject({ version: "web@1.0.0+b 1" });
    }
  });

  test("a request without a token has no user", async () => {
    expect(await restApi(bench.server.url).send("GET", "/")).toMatchObject({ status: 200, body: { auth: null, user: null } });
  });
});

function expectJson({ headers }: RestResponse): void {
  expect(headers.get("content-type")).toMatch(/^application\/json(;|$)/);
}
