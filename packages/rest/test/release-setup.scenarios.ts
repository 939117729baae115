import { createHmac } from "node:crypto";
import { expect } from "vitest";
import * as z from "zod";
import { release } from "./setup-steps.ts";
import { DENIED, NOT_FOUND, REQUIRED } from "./error-bodies.ts";
import type { Scenario } from "./run-scenarios.ts";
import { as, get, post, put, type Step } from "./steps.ts";
import type { Reply } from "./open-wire.ts";
import type { ScenarioContext } from "./scenario-context.ts";

const COMPLETION = "P/foo/releases/completion/";

/** The completed steps of a project, which are always the same four. */
const completed = (...done: string[]): Step =>
  get(COMPLETION)
    .returns(200)
    .exactly(["tag", "repo", "commit", "deploy"].map((step) => ({ step, complete: done.includes(step) })));

/** The setup of releases in a project (contract 10.4; 17, E26). */
export const completionScenarios: readonly Scenario[] = [
  {
    name: "E26 there are four steps, each complete once it was done; the tag step needs issues, which do not exist",
    steps: [
      completed(),
      release("1", "foo"),
      completed(),
      put("O/releases/1/", { commits: [{ id: "a", repository: "owner/one" }] }).returns(200),
      completed("repo", "commit"),
      post("O/releases/1/deploys/", { environment: "prod" }).returns(201),
      completed("repo", "commit", "deploy"),
    ],
  },
  {
    name: "E26 commits and deploys of another project complete only the organization's repository step",
    steps: [
      release("1", "bar"),
      put("O/releases/1/", { commits: [{ id: "a", repository: "owner/one" }] }).returns(200),
      post("O/releases/1/deploys/", { environment: "prod" }).returns(201),
      completed("repo"),
      get("P/baz/releases/completion/").returns(403, DENIED),
    ],
  },
];

const TOKEN = "P/foo/releases/token/";

/** The error when the wire does not prescribe one that names the projects out of reach. */
const OUT_OF_REACH = ["You do not have permission to one of the projects"];

const ReleaseToken = z.object({ token: z.string(), webhookUrl: z.string() });
const releaseToken = (body: unknown) => ReleaseToken.parse(body);

/** Calls the project's release webhook, which is outside of `/api/0`, with the project's current token. */
async function callHook(
  on: ScenarioContext,
  { token, project, text }: { token?: string; project?: string | number; text: string },
): Promise<Reply> {
  const own = await on.wire.get(`/projects/${on.organization.slug}/foo/releases/token/`, { token: await on.token("manager") });
  const key = token ?? releaseToken(own.body).token;
  const id = project ?? on.projectId("foo");
  const signature = createHmac("sha256", key).update(`builtin-${id}`).digest("hex");
  return on.wire.call("POST", `/../hooks/release/builtin/${id}/${signature}/`, {
    raw: text,
    headers: { "Content-Type": "application/json" },
  });
}

/** The webhook's response to a body. */
const hook =
  (text: string, status: number, body: unknown, options: { token?: string; project?: string | number } = {}): Step =>
  async (on) => {
    const reply = await callHook(on, { text, ...options });
    expect(reply.status, reply.text).toBe(status);
    if (typeof body === "object") expect(reply.body).toMatchObject(body ?? {});
    else expect(reply.text).toBe(body);
  };

/** The signed release webhook (contract 10.5, 10.6). */
export const hookScenarios: readonly Scenario[] = [
  {
    name: "10.5 a project's webhook has a token, which can be regenerated",
    steps: [
      async (on) => {
        const who = { token: await on.token("manager") };
        const path = `/projects/${on.organization.slug}/foo/releases/token/`;
        const first = await on.wire.get(path, who);
        const { token, webhookUrl } = releaseToken(first.body);
        const signature = createHmac("sha256", token)
          .update(`builtin-${on.projectId("foo")}`)
          .digest("hex");
        expect([first.status, token, webhookUrl]).toEqual([
          200,
          expect.stringMatching(/^[0-9a-f]{32}$/),
          `http://landfall.test/api/hooks/release/builtin/${on.projectId("foo")}/${signature}/`,
        ]);
        expect((await on.wire.get(path, who)).body).toEqual(first.body);
        const second = await on.wire.post(path, {}, who);
        expect(second.status).toBe(200);
        expect(second.body).not.toEqual(first.body);
        expect((await on.wire.get(path, who)).body).toEqual(second.body);
      },
      get(TOKEN).returns(403, DENIED),
      as("ci").get(TOKEN).returns(403, DENIED),
    ],
  },
  {
    name: "10.6 a signed call reports a release as the project's path does",
    steps: [
      hook('{"version":"1","ref":"main"}', 201, { version: "1", ref: "main", projects: [{ slug: "foo" }] }),
      hook('{"version":"1"}', 208, { version: "1" }),
      get("P/foo/releases/1/").returns(200, { ref: "main" }),
      hook("{}", 400, { version: REQUIRED }),
      hook('{"version":', 400, { error: expect.any(String) }),
    ],
  },
  {
    name: "10.6 a bad signature is rejected without details, and an unknown project is not found",
    steps: [
      hook('{"version":"1"}', 403, "", { token: "0".repeat(32) }),
      hook('{"version":"1"}', 404, NOT_FOUND, { project: 99_999_999 }),
      async (on) => hook('{"version":"1"}', 403, "", { project: on.projectId("bar") })(on),
      get("O/releases/").lists(),
    ],
  },
  {
    name: "10.6 in an organization with closed membership a webhook does not change releases of other projects",
    steps: [
      as("ci")
        .post("O/releases/", { version: "1", projects: ["baz"], ref: "secret" })
        .returns(201),
      as("ci")
        .post("O/releases/", { version: "2", projects: ["foo", "baz"] })
        .returns(201),
      as("ci")
        .post("O/releases/", { version: "3", projects: ["foo"] })
        .returns(201),
      hook('{"version":"1","status":"archived","commits":[{"id":"a"}]}', 400, { projects: OUT_OF_REACH }),
      hook('{"version":"2","status":"archived","commits":[{"id":"a"}]}', 400, { projects: OUT_OF_REACH }),
      hook('{"version":"3","commits":[{"id":"a"}]}', 208, { version: "3", commitCount: 1 }),
      get("O/releases/1/").returns(404, NOT_FOUND),
      get("P/foo/releases/1/").returns(404, NOT_FOUND),
      as("ci")
        .get("O/releases/1/")
        .returns(200, { status: "open", commitCount: 0, projects: [{ slug: "baz" }] }),
      as("ci").get("O/releases/2/").returns(200, { status: "open", commitCount: 0 }),
    ],
  },
  {
    name: "10.6 with open membership a webhook adds its project to another project's release, as a member may",
    given: { openMembership: true },
    steps: [
      as("ci")
        .post("O/releases/", { version: "1", projects: ["baz"] })
        .returns(201),
      hook('{"version":"1"}', 201, { projects: [{ slug: "baz" }, { slug: "foo" }] }),
    ],
  },
];
