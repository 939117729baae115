import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ScratchRepository, scratchRepository } from "../../test/scratch-repository.ts";
import { type ServedCli, serveCli } from "../../test/serve-cli.ts";

let cli: ServedCli;
let repository: ScratchRepository;
let made = 0;
let version: string;

beforeAll(async () => {
  cli = await serveCli();
});
afterAll(() => cli[Symbol.asyncDispose]());
beforeEach(async () => {
  cli.intercept = () => null;
  version = `sourcemaps@${(made += 1)}`;
  repository = await scratchRepository();
  const map = JSON.stringify({ version: 3, sources: ["a.ts"], sourcesContent: [version], names: [], mappings: "AAAA" });
  const write = {
    "dist/js/a.js": `run("${version}")\n//# sourceMappingURL=a.js.map`,
    "dist/js/a.js.map": map,
    "more/b.js": `b("${version}")`,
  };
  await repository.commit({ write });
});
afterEach(() => repository[Symbol.asyncDispose]());

const shipIt = (...args: string[]) => cli.run(["ship", version, ...args], { cwd: repository.path });
const stored = () => cli.client.artifacts.bundles.query({ organization: "acme", project: "web", query: version });
const page = () => `${cli.url}/organizations/acme/releases/${encodeURIComponent(version)}/`;

describe("ship --sourcemaps", () => {
  test("uploads a build before the release is finalized", async () => {
    const order: string[] = [];
    cli.intercept = ({ url }) => {
      const [, name] = /(artifactbundle\/assemble|releases\.update|deploys\.create)/.exec(url) ?? [];
      if (name !== undefined && order.at(-1) !== name) order.push(name);
      return null;
    };
    const ran = await shipIt("-e", "production", "--sourcemaps", "dist");
    expect(ran).toMatchObject({ exit: 0, err: "", out: `${version}: 1 commit, 2 files, finalized, deployed to production. ${page()}\n` });
    expect(order).toEqual(["releases.update", "artifactbundle/assemble", "releases.update", "deploys.create"]);
    expect((await stored()).items).toMatchObject([{ associations: [{ release: version, dist: null }], fileCount: 2 }]);
  });

  test("accepts several folders and a prefix, and lists the files as JSON", async () => {
    const ran = await shipIt("--sourcemaps", "dist", "--sourcemaps", "more", "--url-prefix", "~/static", "--json");
    const { sourcemaps, warnings } = JSON.parse(ran.out) as { sourcemaps: { files: { url: string }[] }; warnings: string[] };
    expect(sourcemaps.files.map(({ url }) => url)).toEqual(["~/static/b.js", "~/static/js/a.js", "~/static/js/a.js.map"]);
    expect(sourcemaps).toMatchObject({ bundle: { state: "ok" } });
    expect(warnings).toContain("more/b.js has no source map.");
  });

  test("sends nothing the second time", async () => {
    await shipIt("--sourcemaps", "dist");
    const ran = await shipIt("--sourcemaps", "dist", "--json");
    expect(JSON.parse(ran.out)).toMatchObject({ sourcemaps: { bundle: { sentBytes: 0 } } });
    expect((await stored()).items).toHaveLength(1);
  });

  test("plans the upload in a dry run", async () => {
    const ran = await shipIt("--sourcemaps", "dist", "--dry-run");
    expect(ran.out).toContain('Would send sourcemaps.upload {"organization":"acme","projects":["web"]');
    expect((await stored()).items).toEqual([]);
  });

  test("does not finalize after a failed upload, and exits with 0 with --allow-failure", async () => {
    cli.intercept = ({ url }) => (url.endsWith("/chunk-upload/") ? Response.json({ error: "disk full" }, { status: 500 }) : null);
    expect(await shipIt("--sourcemaps", "dist", "--allow-failure")).toMatchObject({ exit: 0, err: expect.stringContaining("disk full") });
    expect(await cli.client.releases.get.query({ organization: "acme", version })).toMatchObject({ dateReleased: null });
  });
});
