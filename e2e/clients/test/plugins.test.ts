import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BUILDS, isBuildName } from "../builds/builds.ts";
import { clientBench } from "../src/client-bench.ts";
import { type BlockingProxy, blockingProxy } from "../src/proxies.ts";
import type { ProgramResult } from "../src/run-program.ts";
import { type ScratchRepository, scratchRepository } from "../src/scratch-repository.ts";
import { buildShop, SHOP_HISTORY } from "../src/shop.ts";
import { storedArtifacts, type WireBundleFile } from "../src/stored-artifacts.ts";

const bench = clientBench();
const BUILD_NAMES = Object.keys(BUILDS).filter(isBuildName);
const MINUTE = 60_000;

let repository: ScratchRepository;

beforeAll(async () => {
  repository = await scratchRepository(SHOP_HISTORY);
});

afterAll(() => repository[Symbol.asyncDispose]());

test("the TypeScript client reports the repository that the plugins from 11 on require", async () => {
  const run = (...args: string[]) => bench.run("new", ["release", ...args], { cwd: repository.path });
  expect(await run("create", "acme/shop@0", "--project", "web")).toMatchObject({ code: 0 });
  expect(await run("set-commits", "acme/shop@0", "--local")).toMatchObject({ code: 0 });
  expect(await bench.api.repositories()).toMatchObject([{ name: "acme/web" }]);
});

describe.each(BUILD_NAMES)("the plugin of %s", (build) => {
  const version = `shop@${build}`;
  const stored = () => storedArtifacts(bench.server);
  let blocking: BlockingProxy;
  let result: ProgramResult;
  let sha: string;
  beforeAll(async () => {
    blocking = await blockingProxy();
    await repository.commit([{ author: ADA, date: "2026-06-03T09:00:00Z", message: `Build with ${build}\n` }]);
    sha = repository.sha(0);
    const options = {
      org: "acme",
      project: "web",
      authToken: bench.server.ciToken,
      url: bench.server.url,
      telemetry: false,
      release: {
        name: version,
        dist: "d7",
        setCommits: { auto: true },
        deploy: { env: "production", name: "the first", url: "https://shop.example.test" },
      },
    } as const;
    result = await buildShop(build, options, { cwd: repository.path, env: blocking.env });
  }, MINUTE);
  afterAll(() => blocking[Symbol.asyncDispose]());

  test("builds without warnings or errors, and sends requests only to the server", async () => {
    const output = `${result.stdout}${result.stderr}`;
    expect({ code: result.code, output }).toEqual({ code: 0, output: expect.stringContaining("Info: Successfully uploaded source maps") });
    expect(output).not.toMatch(/warn|error|fail/i);
    expect(blocking.targets).toEqual([]);
    expect(bench.server.output()).not.toMatch(/"level":[456]0/);
  });

  test("creates a release that is finalized and deployed", async () => {
    const release = await bench.api.release(version);
    expect(release).toMatchObject({ projects: [{ slug: "web" }], deployCount: 1 });
    expect(release.dateReleased).not.toBeNull();
    expect(await bench.api.deploys(version)).toMatchObject([
      { environment: "production", name: "the first", url: "https://shop.example.test" },
    ]);
  });

  test("reports the commits of the release", async () => {
    if (build.endsWith("11")) {
      // These versions report only the newest commit, and name the repository by the path of the remote.
      const repositories = await bench.api.repositories();
      const { id } = repositories.find(({ name }) => name === "acme/web") ?? { id: "none" };
      expect((await bench.api.send("GET", `/organizations/acme/repos/${id}/commits/`)).body).toContainEqual(
        expect.objectContaining({ id: sha }),
      );
      // The other commits are reported by a client that has the history.
      const rest = await bench.run("3.8", ["releases", "set-commits", version, "--local"], { cwd: repository.path });
      expect(rest).toMatchObject({ code: 0 });
    }
    expect(await bench.api.commits(version)).toMatchObject([{ id: sha, message: `Build with ${build}`, author: { email: ADA.email } }]);
    expect(await bench.api.release(version)).toMatchObject({ commitCount: 1, lastCommit: { id: sha } });
  });

  test("uploads all built files unchanged", async () => {
    const [bundle, ...others] = await stored().bundles(version);
    expect(others).toEqual([]);
    const built = await readdir(join(repository.path, "dist", "assets"));
    expect(bundle).toMatchObject({ associations: [{ release: version, dist: "d7" }], fileCount: built.length });
    const kept = await Promise.all(
      (await stored().files(bundle?.bundleId ?? "none")).map(async (file) => {
        const bytes = await stored().read(bundle?.bundleId ?? "none", file);
        expect(file).toMatchObject({ fileSize: bytes.length, debugId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
        return asBuilt(file, bytes.toString("utf8"));
      }),
    );
    const there = await Promise.all(
      built.map(async (name) => asBuilt(name, await readFile(join(repository.path, "dist", "assets", name), "utf8"))),
    );
    expect(kept.toSorted()).toEqual(there.toSorted());
  });

  test("injects debug ids that find the files", async () => {
    const names = (await readdir(join(repository.path, "dist", "assets"))).filter((name) => name.endsWith(".js"));
    for (const name of names) {
      const script = await readFile(join(repository.path, "dist", "assets", name), "utf8");
      const debugId = /sentry-dbid-([0-9a-f-]{36})/.exec(script)?.[1] ?? `none in ${name}`;
      const found = await stored().lookUp({ debug_id: debugId });
      expect({ name, found }).toMatchObject({ name, found: [{ type: "bundle", resolved_with: "debug-id" }] });
    }
  });
});

test("a plugin from 11 on uploads for each of two projects", { timeout: MINUTE }, async () => {
  const { url, ciToken: authToken } = bench.server;
  const options = { org: "acme", project: ["web", "api"], authToken, url, telemetry: false, release: { name: "two@1" } };
  expect(await buildShop("vite 11", options, { cwd: repository.path })).toMatchObject({ code: 0 });
  for (const project of ["web", "api"] as const)
    expect(await storedArtifacts(bench.server, project).bundles("two@1")).toMatchObject([{ fileCount: 4 }]);
  const { projects } = await bench.api.release("two@1");
  expect(projects.map(({ slug }) => slug).toSorted()).toEqual(["api", "web"]);
});

const ADA = { name: "Ada Lovelace", email: "ada@example.test" };

/** Returns the text of a built file without what plugins add to their copy before the upload. */
function asBuilt(file: WireBundleFile | string, text: string): string {
  const name = typeof file === "string" ? file : file.filePath;
  if (!name.endsWith(".map")) return text.replace(/\n+\/\/# debugId=[0-9a-f-]{36}\s*$/, "").trimEnd();
  const { mappings, names, sourcesContent, version } = JSON.parse(text);
  return JSON.stringify({ mappings, names, sourcesContent, version });
}
