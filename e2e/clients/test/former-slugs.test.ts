import { join } from "node:path";
import { createClient } from "@landfall/client/create-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientBench, usualEnvironment } from "../src/client-bench.ts";
import { projectNode, repositoryRoot, runProgram } from "../src/run-program.ts";
import { FIRST_RELEASE, type PlannedCommit, type ScratchRepository, scratchRepository } from "../src/scratch-repository.ts";

const CLIENTS = ["3.8", "3.0", "2.58", "2.22"] as const;
const bench = clientBench();

/** The server with the organization acme, which is now called acme-inc, and its project web, which is now called shop. */
const renamed = () => createClient({ url: bench.server.url, token: bench.server.token });

let repository: ScratchRepository;

beforeAll(async () => {
  repository = await scratchRepository(FIRST_RELEASE);
  await renamed().projects.update.mutate({ organization: "acme", project: "web", slug: "shop" });
  await renamed().organizations.update.mutate({ organization: "acme", slug: "acme-inc" });
});

afterAll(() => repository[Symbol.asyncDispose]());

/** A commit that only the release of this version has. */
const commitOf = (version: string): PlannedCommit => ({
  author: { name: "Ada", email: "ada@acme.test" },
  date: "2026-06-01T10:00:00Z",
  message: version,
  write: { "version.txt": version },
});

/** A complete release of the project, with the slug that it has now. */
const complete = (version: string) => ({ projects: [{ slug: "shop" }], lastCommit: { message: version }, deployCount: 1 });

const releaseOf = (version: string) => renamed().releases.get.query({ organization: "acme-inc", version });

describe.each(CLIENTS)("sentry-cli %s with the slugs before the change", (client) => {
  test.each([
    ["in its variables", () => ({})],
    // The payload of the token has the slug of the organization when the token was created.
    ["in an organization token", () => ({ SENTRY_AUTH_TOKEN: bench.server.ciToken, SENTRY_ORG: undefined, SENTRY_URL: undefined })],
  ])("%s, reports a whole release", async (where, env) => {
    const version = `${where} of ${client}`;
    await repository.commit([commitOf(version)]);
    const run = async (...args: string[]) => {
      const { code, stderr } = await bench.run(client, args, { cwd: repository.path, env: env() });
      expect({ args, code, stderr: code === 0 ? "" : stderr }).toEqual({ args, code: 0, stderr: "" });
    };
    await run("releases", "new", version);
    await run("releases", "set-commits", version, "--local", "--initial-depth", "20");
    await run("releases", "finalize", version);
    await run("releases", "deploys", version, "new", "-e", "production");
    await run("releases", "info", version);
    expect(await releaseOf(version)).toMatchObject(complete(version));
  });
});

test("landfall reports a whole release with the slugs before the change", async () => {
  const version = "by-landfall@1.0.0";
  await repository.commit([commitOf(version)]);
  const ship = [projectNode(), join(repositoryRoot, "apps/cli/src/main.ts"), "ship", version, "-e", "production"] as const;
  const { code } = await runProgram("landfall ship", ship, { cwd: repository.path, env: usualEnvironment(bench.server) });
  expect(code).toBe(0);
  expect(await releaseOf(version)).toMatchObject(complete(version));
});

test("after the change back, both slugs find the organization and the project", async () => {
  await renamed().organizations.update.mutate({ organization: "acme-inc", slug: "acme" });
  await renamed().projects.update.mutate({ organization: "acme", project: "shop", slug: "web" });
  for (const [organization, project] of [
    ["acme", "web"],
    ["acme-inc", "shop"],
  ] as const) {
    const env = { SENTRY_ORG: organization, SENTRY_PROJECT: project };
    expect(await bench.run("3.8", ["releases", "new", `back-${organization}`], { env })).toMatchObject({ code: 0 });
    expect(await bench.api.release(`back-${organization}`)).toMatchObject({ projects: [{ slug: "web" }] });
  }
});
