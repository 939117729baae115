import { CreateProjectReleaseInput } from "@landfall/schema/releases/change-release";
import { runs, titled } from "@landfall/testing/fuzz/fuzz-app";
import { oddText } from "@landfall/testing/fuzz/odd-values";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../src/rest-handler.ts";
import { RELEASE_HOOK_PATH } from "../../src/routes/release-hook.ts";
import { responseProblem, changedNothing } from "./response-problem.ts";
import { type FuzzWorld, openFuzzWorld } from "./fuzz-world.ts";
import { inputSchema, oddBody } from "./odd-body.ts";

const byte = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);
const latin = (maxLength: number) => fc.array(byte, { maxLength }).map((codes) => String.fromCharCode(...codes));

describe(titled("random requests outside of the route table"), () => {
  let world: FuzzWorld;
  beforeAll(async () => void (world = await openFuzzWorld("sqlite")));
  afterAll(() => world.close());

  test("credentials of any kind are accepted or rejected with 401", async () => {
    const scheme = fc.oneof(fc.constantFrom("Bearer", "bearer", "BEARER ", "Basic", "basic", "Token", "DSN", "Digest", ""), latin(8));
    const word = fc.oneof(
      latin(80),
      fc.base64String({ maxLength: 40 }),
      oddText.map((text) => btoa(encodeURIComponent(text.toWellFormed()))),
      fc.constantFrom(
        "sntrys_",
        "sntryu_",
        "sntrys_e30=_x",
        "sntrya_1",
        "a".repeat(100_000),
        btoa("key:"),
        btoa(":"),
        btoa("\0:"),
        btoa("a:b:c"),
        "===",
      ),
    );
    const header = fc.tuple(scheme, fc.array(word, { maxLength: 3 })).map(([name, words]) => [name, ...words].join(" "));
    const property = fc.asyncProperty(header, async (authorization) => {
      const before = await world.counts();
      const reply = await world.send({ method: "POST", target: "/organizations/acme/releases/", authorization });
      if (reply === null) return;
      expect(responseProblem(reply, [])).toBeNull();
      expect([reply.status, reply.headers.get("www-authenticate")]).toEqual([401, 'xBasic realm="api"']);
      expect(await world.counts()).toEqual(before);
    });
    await fc.assert(property, runs(400));
  });

  test("an unknown path is reported as such for every method", async () => {
    const word = fc.oneof(
      fc.constantFrom("organizations", "projects", "releases", "acme", "pump", "1.0", "%", "%2F", "", ";", "@", "openapi.json"),
      latin(6),
    );
    const target = fc.array(word, { maxLength: 7 }).map((words) => `/${words.join("/")}`);
    const property = fc.asyncProperty(
      target,
      fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"),
      async (path, method) => {
        const reply = await world.send({ method, target: path });
        if (reply !== null) expect(responseProblem(reply, FIELDS)).toBeNull();
      },
    );
    await fc.assert(property, runs(600));
  });

  test("an unsupported method is 405 for every caller, and OPTIONS lists the supported ones", async () => {
    for (const { path } of ROUTES) {
      const target = path.replaceAll(/:\w+/g, "1");
      const methods = ROUTES.filter((route) => route.path === path).map((route) => route.method);
      const allow = [...methods.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)), "HEAD", "OPTIONS"].join(", ");
      const refused = await world.send({ method: "PATCH", target, authorization: null });
      expect([target, refused?.status, refused?.text, refused?.headers.get("allow")]).toEqual([
        target,
        405,
        '{"detail":"Method \\"PATCH\\" not allowed."}',
        allow,
      ]);
      const options = await world.send({ method: "OPTIONS", target, authorization: null });
      expect([target, options?.status, options?.text, options?.headers.get("allow")]).toEqual([target, 200, "", allow]);
    }
  });
});

const ORDER = ["GET", "POST", "PUT", "DELETE"];
const FIELDS = ROUTES.flatMap((route) => Object.keys(inputSchema(route).properties ?? {}));

describe(titled("random bodies for the signed webhook"), () => {
  let world: FuzzWorld;
  let path: string;
  beforeAll(async () => {
    world = await openFuzzWorld("sqlite");
    const reply = await world.send({ method: "POST", target: "/projects/acme/pump/releases/token/" });
    path = new URL(JSON.parse(reply?.text ?? "{}").webhookUrl).pathname;
  });
  afterAll(() => world.close());

  const route = { input: CreateProjectReleaseInput };

  test("are stored, or rejected with nothing stored", async () => {
    const property = fc.asyncProperty(oddBody(route, world.known), async (body) => {
      const before = await world.counts();
      const reply = await world.send({ method: "POST", target: path, authorization: null, body });
      if (reply === null) return;
      expect(responseProblem(reply, Object.keys(inputSchema(route).properties ?? {}))).toBeNull();
      expect([200, 201, 208, 400, 415]).toContain(reply.status);
      if (changedNothing(reply)) expect(await world.counts()).toEqual(before);
    });
    await fc.assert(property, runs(200));
  });

  test("with another signature, or for another project, are rejected unread", async () => {
    const [, project = "", signature = ""] = new RegExp(RELEASE_HOOK_PATH.replaceAll(/:\w+/g, "([^/]+)")).exec(path) ?? [];
    const other = fc
      .oneof(
        latin(70),
        oddText,
        fc.constantFrom(signature.toUpperCase(), `${signature}0`, signature.slice(1), `${signature.slice(0, -1)}g`),
      )
      .map((text) => encodeURIComponent(text.toWellFormed()));
    const property = fc.asyncProperty(fc.oneof(fc.constant(project), other), other, async (id, text) => {
      const before = await world.counts();
      const reply = await world.send({
        method: "POST",
        target: RELEASE_HOOK_PATH.replace(":project", id).replace(":signature", text),
        authorization: null,
        body: { bytes: new TextEncoder().encode('{"version":"1"}'), contentType: "application/json" },
      });
      if (reply === null) return;
      expect(reply.bugs).toEqual([]);
      expect([403, 404]).toContain(reply.status);
      expect(await world.counts()).toEqual(before);
    });
    await fc.assert(property, runs(200));
  });
});
