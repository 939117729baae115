import { expect } from "vitest";
import { release } from "./making.ts";
import { DENIED, NOT_FOUND, REQUIRED } from "./refusals.ts";
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
    name: "1.6 a body may be JSON, a form, or a form with parts",
    steps: [
      post("O/releases/", undefined, raw('{"version":"1","projects":["foo"]}', "application/json; charset=utf-8")).answers(201),
      post("O/releases/", undefined, {
        raw: new URLSearchParams([
          ["version", "2"],
          ["projects", "foo"],
          ["projects", "bar"],
        ]),
      }).answers(201, { projects: [{ slug: "foo" }, { slug: "bar" }] }),
      post("O/releases/", undefined, {
        raw: form([
          ["version", "3"],
          ["projects", "foo"],
          ["ref", "main"],
        ]),
      }).answers(201, { ref: "main" }),
    ],
  },
  {
    name: "1.6 any other type is refused by its name",
    steps: [
      ...["text/plain", "application/vnd.api+json", "application/xml", "text/json"].map((type) =>
        post("O/releases/", undefined, raw('{"version":"1","projects":["foo"]}', type)).answers(415, {
          detail: `Unsupported media type "${type}" in request.`,
        }),
      ),
      noRelease("1"),
    ],
  },
  {
    name: "1.7 an empty body is an empty object",
    steps: [
      post("O/releases/").answers(400, { version: REQUIRED, projects: REQUIRED }),
      post("O/releases/", undefined, raw("", "text/plain")).answers(400, { version: REQUIRED, projects: REQUIRED }),
    ],
  },
  {
    name: "1.7 null and what is no object is refused by its Python name",
    steps: [
      post("O/releases/", undefined, raw("null")).answers(400, { non_field_errors: ["No data provided"] }),
      ...(
        [
          ["[]", "list"],
          ['"x"', "str"],
          ["1", "int"],
          ["1.5", "float"],
          ["true", "bool"],
        ] as const
      ).map(([text, type]) =>
        post("O/releases/", undefined, raw(text)).answers(400, {
          non_field_errors: [`Invalid data. Expected a dictionary, but got ${type}.`],
        }),
      ),
    ],
  },
  {
    name: "1.8 what is not JSON is refused",
    steps: [
      ...['{"version": }', "{", "NaN", '{"version":NaN}', "{'version':1}", "\ufeff{}", '{"version":"1"}x'].map((text) =>
        post("O/releases/", undefined, raw(text)).answers(400, notParsed),
      ),
      post("O/releases/", undefined, raw(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).answers(400, notParsed),
    ],
  },
  {
    name: "1.8 of equal keys the last one counts",
    steps: [
      post("O/releases/", undefined, raw('{"version":"1","projects":[],"projects":["foo"]}')).answers(201, { projects: [{ slug: "foo" }] }),
    ],
  },
];

/** Methods, paths and headers (contract 1.2–1.5, 1.10, 1.15, 1.16, 16.5). */
export const headerScenarios: readonly Scenario[] = [
  {
    name: "1.10 every answer has the standing headers, and names the methods of its path",
    steps: [
      release("1"),
      get("O/releases/").answers(200).headers({
        "Content-Type": "application/json",
        Allow: "GET, POST, HEAD, OPTIONS",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "deny",
        "Content-Language": "en",
        "Cache-Control": "no-store",
      }),
      get("O/releases/1/").answers(200).headers({ Allow: "GET, PUT, DELETE, HEAD, OPTIONS" }),
      get("O/releases/none/").answers(404).headers({ Allow: "GET, PUT, DELETE, HEAD, OPTIONS", "Content-Type": "application/json" }),
      post("O/releases/1/deploys/", { environment: "e" }).answers(201).headers({ Allow: "GET, POST, HEAD, OPTIONS" }),
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
    name: "1.16 a method that a path does not have is refused by its name",
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
          .answers(405, { detail: `Method "${method}" not allowed.` })
          .headers({ Allow: allow }),
      ),
    ],
  },
  {
    name: "1.2 a path that is none: empty with its slash, a hint without",
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
    name: "1.3 organizations and projects may be named by id",
    steps: [
      release("1"),
      get("/organizations/{org}/releases/1/").answers(200),
      get("/projects/{org}/{foo}/releases/1/").answers(200, { projects: [{ id: expect.any(Number) }] }),
      get("/projects/{org}/{bar}/releases/1/").answers(404, NOT_FOUND),
      get("/organizations/99999999999/releases/").answers(404, NOT_FOUND),
    ],
  },
  {
    name: "1.4 versions are addressed percent-encoded",
    steps: ["a b", "app@1.0+2", "ü", "100%", "a?b", "a#b", "a%20b", "+"].flatMap((version) => [
      post("O/releases/", { version, projects: ["foo"] }).answers(201),
      get(`O/releases/${encodeURIComponent(version)}/`).answers(200, { version }),
      put(`O/releases/${encodeURIComponent(version)}/`, { ref: version }).answers(200, { version, ref: version }),
    ]),
  },
  {
    name: "16.5 OPTIONS needs nobody, and browsers of any origin may call",
    steps: [
      as("nobody")
        .call("OPTIONS", "O/releases/", { headers: { Origin: "https://example.com" } })
        .answers(200)
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
        .answers(200)
        .headers({ "Access-Control-Allow-Origin": "https://example.com" }),
      get("O/releases/", { headers: { Origin: "null" } })
        .answers(200)
        .headers({ "Access-Control-Allow-Origin": "*" }),
    ],
  },
];

const authorization = (value: string) => ({ headers: { Authorization: value } });

/** Who may call, and in which order it is found out (contract 1.17, 1.20, 16.3). */
export const callerScenarios: readonly Scenario[] = [
  {
    name: "1.20 without or with bad credentials the answer says what is wrong",
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
        as("nobody")
          .get("O/releases/", value === "" ? {} : authorization(value))
          .answers(401, { detail })
          .headers({ "WWW-Authenticate": 'xBasic realm="api"' }),
      ),
      as("nobody").post("O/releases/", {}).answers(401, { detail: "Authentication credentials were not provided." }),
    ],
  },
  {
    name: "16.1 the scheme may be written in any case",
    steps: [async (on) => get("O/releases/", authorization(`bEARER ${await on.token("member")}`)).answers(200)(on)],
  },
  {
    name: "1.17 the caller is known before the scope, the scope before the organization, the organization before the body",
    steps: [
      as("nobody").post("/organizations/nowhere/releases/", undefined, raw("{")).answers(401),
      as("reader").post("/organizations/nowhere/releases/", undefined, raw("{")).answers(403, DENIED),
      post("/organizations/nowhere/releases/", undefined, raw("{")).answers(404, NOT_FOUND),
      as("stranger").post("O/releases/", undefined, raw("{")).answers(403, DENIED),
      post("O/releases/", undefined, raw("{")).answers(400, notParsed),
      put("O/releases/none/", undefined, raw("{")).answers(404, NOT_FOUND),
      put("O/releases/none/", undefined, raw("x", "text/plain")).answers(404, NOT_FOUND),
    ],
  },
  {
    name: "16.3 project:releases alone is enough for a release's whole life",
    steps: [
      as("releaser")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .answers(201),
      as("releaser").get("O/releases/").lists("1"),
      as("releaser").put("O/releases/1/", { ref: "x" }).answers(200),
      as("releaser").post("O/releases/1/deploys/", { environment: "e" }).answers(201),
      as("releaser").get("O/releases/1/commits/").answers(200),
      as("releaser").del("O/releases/1/").answers(204),
    ],
  },
  {
    name: "16.2 a scope grants those below it, cut to what the person's role allows",
    steps: [
      as("admin")
        .post("O/releases/", { version: "1", projects: ["foo"] })
        .answers(201),
      asKey("writeKey").get("O/releases/1/").answers(200),
      as("writeKey").del("O/releases/1/").answers(403, DENIED),
      as("ci").del("O/releases/1/").answers(403, DENIED),
      as("admin").del("O/releases/1/").answers(204),
    ],
  },
];
