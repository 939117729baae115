import { expect } from "vitest";
import { release } from "./setup-steps.ts";
import { DENIED, NOT_FOUND, REQUIRED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, asKey, call, get, post, put } from "./steps.ts";
import { noRelease } from "./stored-steps.ts";

const JSON_TYPE = { "Content-Type": "application/json" };
const raw = (text: string | Uint8Array<ArrayBuffer>, type = "application/json") => ({ raw: text, headers: { "Content-Type": type } });
const notParsed = { detail: expect.stringMatching(/^JSON parse error - /) };

const form = (fields: readonly (readonly [string, string])[]): FormData => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
};

/** Bodies (contract 1.6–1.9). */
export const bodyScenarios: readonly Scenario[] = [
  {
    name: "1.6 a body may be JSON, a URL-encoded form, or a multipart form",
    steps: [
      post("O/releases/", undefined, raw('{"version":"1","projects":["foo"]}', "application/json; charset=utf-8")).returns(201),
      post("O/releases/", undefined, {
        raw: new URLSearchParams([
          ["version", "2"],
          ["projects", "foo"],
          ["projects", "bar"],
        ]),
      }).returns(201, { projects: [{ slug: "foo" }, { slug: "bar" }] }),
      post("O/releases/", undefined, {
        raw: form([
          ["version", "3"],
          ["projects", "foo"],
          ["ref", "main"],
        ]),
      }).returns(201, { ref: "main" }),
    ],
  },
  {
    name: "1.6 other content types are rejected by name",
    steps: [
      ...["text/plain", "application/vnd.api+json", "application/xml", "text/json"].map((type) =>
        post("O/releases/", undefined, raw('{"version":"1","projects":["foo"]}', type)).returns(415, {
          detail: `Unsupported media type "${type}" in request.`,
        }),
      ),
      noRelease("1"),
    ],
  },
  {
    name: "1.7 an empty body is an empty object",
    steps: [
      post("O/releases/").returns(400, { version: REQUIRED, projects: REQUIRED }),
      post("O/releases/", undefined, raw("", "text/plain")).returns(400, { version: REQUIRED, projects: REQUIRED }),
    ],
  },
  {
    name: "1.7 null and values that are not objects are rejected with their Python type",
    steps: [
      post("O/releases/", undefined, raw("null")).returns(400, { non_field_errors: ["No data provided"] }),
      ...(
        [
          ["[]", "list"],
          ['"x"', "str"],
          ["1", "int"],
          ["1.5", "float"],
          ["true", "bool"],
        ] as const
      ).map(([text, type]) =>
        post("O/releases/", undefined, raw(text)).returns(400, {
          non_field_errors: [`Invalid data. Expected a dictionary, but got ${type}.`],
        }),
      ),
    ],
  },
  {
    name: "1.8 a body that is not JSON is rejected",
    steps: [
      ...['{"version": }', "{", "NaN", '{"version":NaN}', "{'version':1}", "\ufeff{}", '{"version":"1"}x'].map((text) =>
        post("O/releases/", undefined, raw(text)).returns(400, notParsed),
      ),
      post("O/releases/", undefined, raw(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).returns(400, notParsed),
    ],
  },
  {
    name: "1.8 the last of equal keys is used",
    steps: [
      post("O/releases/", undefined, raw('{"version":"1","projects":[],"projects":["foo"]}')).returns(201, { projects: [{ slug: "foo" }] }),
    ],
  },
];

/** Methods, paths and headers (contract 1.2–1.5, 1.10, 1.15, 1.16, 16.5). */
export const headerScenarios: readonly Scenario[] = [
  {
    name: "1.10 every response has the common headers and the methods of its path",
    steps: [
      release("1"),
      get("O/releases/").returns(200).headers({
        "Content-Type": "application/json",
        Allow: "GET, POST, HEAD, OPTIONS",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "deny",
        "Content-Language": "en",
        "Cache-Control": "no-store",
      }),
      get("O/releases/1/").returns(200).headers({ Allow: "GET, PUT, DELETE, HEAD, OPTIONS" }),
      get("O/releases/none/").returns(404).headers({ Allow: "GET, PUT, DELETE, HEAD, OPTIONS", "Content-Type": "application/json" }),
      post("O/releases/1/deploys/", { environment: "e" }).returns(201).headers({ Allow: "GET, POST, HEAD, OPTIONS" }),
    ],
  },
  {
    name: "1.15 HEAD is GET without a body",
    steps: [
      release("1"),
      async (on) => {
        const { status, text, headers } = await on.wire.call("HEAD", `/organizations/${on.organization.slug}/releases/1/`, {
          token: await on.token("member"),
        });
        expect([status, text, headers.get("content-type")]).toEqual([200, "", "application/json"]);
      },
    ],
  },
  {
    name: "1.16 a method that a path does not have is rejected by name",
    steps: [
      release("1"),
      ...(
        [
          ["PUT", "O/releases/", "GET, POST, HEAD, OPTIONS"],
          ["DELETE", "O/releases/1/deploys/", "GET, POST, HEAD, OPTIONS"],
          ["POST", "O/releases/1/", "GET, PUT, DELETE, HEAD, OPTIONS"],
          ["PATCH", "O/releases/1/", "GET, PUT, DELETE, HEAD, OPTIONS"],
        ] as const
      ).map(([method, path, allow]) =>
        call(method, path)
          .returns(405, { detail: `Method "${method}" not allowed.` })
          .headers({ Allow: allow }),
      ),
    ],
  },
  {
    name: "1.2 an unknown path: empty with a trailing slash, a hint without",
    steps: [
      async (on) => {
        const slash = await on.wire.call("GET", "/nothing/here/");
        expect([slash.status, slash.text]).toEqual([404, ""]);
        const json = await on.wire.call("POST", `/organizations/${on.organization.slug}/releases`, { headers: JSON_TYPE });
        expect([json.status, json.body]).toEqual([
          404,
          { info: `Route not found, did you forget a trailing slash? try: /api/0/organizations/${on.organization.slug}/releases/` },
        ]);
        const text = await on.wire.call("GET", "/organizations");
        expect([text.status, text.headers.get("content-type")?.split(";")[0], text.text]).toEqual([
          404,
          "text/plain",
          expect.stringContaining("/api/0/organizations/"),
        ]);
      },
    ],
  },
  {
    name: "1.3 organizations and projects may be given by id",
    steps: [
      release("1"),
      get("/organizations/{org}/releases/1/").returns(200),
      get("/projects/{org}/{foo}/releases/1/").returns(200, { projects: [{ id: expect.any(Number) }] }),
      get("/projects/{org}/{bar}/releases/1/").returns(404, NOT_FOUND),
      get("/organizations/99999999999/releases/").returns(404, NOT_FOUND),
    ],
  },
  {
    name: "1.4 versions in paths are percent-encoded",
    steps: ["a b", "app@1.0+2", "ü", "100%", "a?b", "a#b", "a%20b", "+"].flatMap((version) => [
      post("O/releases/", { version, projects: ["foo"] }).returns(201),
      get(`O/releases/${encodeURIComponent(version)}/`).returns(200, { version }),
      put(`O/releases/${encodeURIComponent(version)}/`, { ref: version }).returns(200, { version, ref: version }),
    ]),
  },
  {
    name: "16.5 OPTIONS needs no credentials, and browsers of any origin may call",
    steps: [
      as("anonymous")
        .call("OPTIONS", "O/releases/", { headers: { Origin: "https://example.com" } })
        .returns(200)
        .headers({
          Allow: "GET, POST, HEAD, OPTIONS",
          "Access-Control-Allow-Origin": "https://example.com",
          "Access-Control-Allow-Methods": "GET, POST, HEAD, OPTIONS",
          "Access-Control-Max-Age": "3600",
          "Access-Control-Allow-Headers":
            "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type, Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken",
          "Access-Control-Expose-Headers": "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link",
        }),
      get("O/releases/", { headers: { Origin: "https://example.com" } })
        .returns(200)
        .headers({ "Access-Control-Allow-Origin": "https://example.com" }),
      get("O/releases/", { headers: { Origin: "null" } })
        .returns(200)
        .headers({ "Access-Control-Allow-Origin": "*" }),
    ],
  },
];

const authorization = (value: string) => ({ headers: { Authorization: value } });

/** Authentication and authorization, and the order of the checks (contract 1.17, 1.20, 16.3). */
export const callerScenarios: readonly Scenario[] = [
  {
    name: "1.20 without credentials, or with bad ones, the response names the problem",
    steps: [
      ...(
        [
          ["", "Authentication credentials were not provided."],
          ["Bearer", "Invalid token header. No credentials provided."],
          ["Bearer a b", "Invalid token header. Token string should not contain spaces."],
          [`Bearer ${"0".repeat(64)}`, "Invalid token"],
          [`Bearer sntryu_${"0".repeat(64)}`, "Invalid token"],
          ["Bearer sntrys_eyJ9_x", "Invalid org token"],
          [`Basic ${btoa("nokey:")}`, "API key is not valid"],
        ] as const
      ).map(([value, detail]) =>
        as("anonymous")
          .get("O/releases/", value === "" ? {} : authorization(value))
          .returns(401, { detail })
          .headers({ "WWW-Authenticate": 'xBasic realm="api"' }),
      ),
      as("anonymous").post("O/releases/", {}).returns(401, { detail: "Authentication credentials were not provided." }),
    ],
  },
  {
    name: "16.1 the authentication scheme is case-insensitive",
    steps: [async (on) => get("O/releases/", authorization(`bEARER ${await on.token("member")}`)).returns(200)(on)],
  },
  {
    name: "1.17 checks are in the order caller, scope, organization, body",
    steps: [
      as("anonymous").post("/organizations/nowhere/releases/", undefined, raw("{")).returns(401),
      as("reader").post("/organizations/nowhere/releases/", undefined, raw("{")).returns(403, DENIED),
      post("/organizations/nowhere/releases/", undefined, raw("{")).returns(404, NOT_FOUND),
      as("stranger").post("O/releases/", undefined, raw("{")).returns(403, DENIED),
      post("O/releases/", undefined, raw("{")).returns(400, notParsed),
      put("O/releases/none/", undefined, raw("{")).returns(404, NOT_FOUND),
      put("O/releases/none/", undefined, raw("x", "text/plain")).returns(404, NOT_FOUND),
    ],
  },
  {
    name: "16.3 project:releases alone is enough for a release's whole lifecycle",
    steps: [
      as("releaser")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(201),
      as("releaser").get("O/releases/").lists("1"),
      as("releaser").put("O/releases/1/", { ref: "x" }).returns(200),
      as("releaser").post("O/releases/1/deploys/", { environment: "e" }).returns(201),
      as("releaser").get("O/releases/1/commits/").returns(200),
      as("releaser").del("O/releases/1/").returns(204),
    ],
  },
  {
    name: "16.2 a scope includes those below it, limited by the person's role",
    steps: [
      as("admin")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .returns(201),
      asKey("writeKey").get("O/releases/1/").returns(200),
      as("writeKey").del("O/releases/1/").returns(403, DENIED),
      as("ci").del("O/releases/1/").returns(403, DENIED),
      as("admin").del("O/releases/1/").returns(204),
    ],
  },
];
