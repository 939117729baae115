import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { builtSite } from "../src/built-site.ts";
import { clientBench } from "../src/client-bench.ts";
import { isInstalled } from "../src/client-binary.ts";
import { storedArtifacts } from "../src/stored-artifacts.ts";
import { releasePath } from "../src/rest-api.ts";

const bench = clientBench();

// The commands were removed in 3.0.
describe.each((["2.58", "2.25", "2.22"] as const).filter(isInstalled))("sentry-cli %s and single files of a release", (client) => {
  test("one is uploaded, listed, read, and deleted", async () => {
    await using site = await builtSite(`single files of ${client}`);
    const version = `single-${client}`;
    const run = (...args: string[]) => bench.run(client, args, { cwd: site.path });
    expect(await run("releases", "new", version)).toMatchObject({ code: 0 });
    const header = ["-H", "Sourcemap: app.js.map"];
    const script = await readFile(join(site.path, "app.js"));
    const uploaded = await run("files", "upload", "--release", version, "app.js", "~/legacy/app.js", ...header);
    expect(uploaded).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^A [0-9a-f]{40} {2}\\(${script.length} bytes\\)`)),
    });

    const listed = await run("files", "list", "--release", version);
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/~\/legacy\/app\.js \|[^|]*\| app\.js\.map/) });
    const { body } = await bench.api.send("GET", `${releasePath(version)}files/`);
    expect(body).toMatchObject([{ name: "~/legacy/app.js", dist: null, headers: { Sourcemap: "app.js.map" }, size: script.length }]);
    const [{ id }] = Array.isArray(body) ? body : [{ id: "none" }];
    const target = `${bench.server.url}/api/0${releasePath(version)}files/${id}/?download=1`;
    const response = await fetch(target, { headers: { authorization: `Bearer ${bench.server.token}` } });
    expect(Buffer.from(await response.arrayBuffer()).equals(script)).toBe(true);

    const deleted = await run("files", "delete", "--release", version, "~/legacy/app.js");
    expect(deleted).toMatchObject({ code: 0, stdout: expect.stringContaining("D ~/legacy/app.js") });
    expect((await bench.api.send("GET", `${releasePath(version)}files/`)).body).toEqual([]);
  });

  test("a directory is uploaded, and all single files are deleted at once", async () => {
    await using site = await builtSite(`a directory of ${client}`);
    const version = `directory-${client}`;
    const run = (...args: string[]) => bench.run(client, args, { cwd: site.path });
    expect(await run("releases", "new", version)).toMatchObject({ code: 0 });
    const uploaded = await run("files", "upload", "--release", version, ".", "--wait");
    expect(uploaded).toMatchObject({ code: 0, stdout: expect.stringContaining("File processing complete") });
    // A directory is uploaded as a bundle, which the commands for single files do not use.
    const stored = storedArtifacts(bench.server);
    const [bundle] = await stored.bundles(version);
    expect(bundle).toMatchObject({ associations: [{ release: version, dist: null }], fileCount: 2 });
    const files = await stored.files(bundle?.bundleId ?? "none");
    expect(files).toMatchObject([
      { filePath: "~/app.js", fileType: 1 },
      { filePath: "~/app.js.map", fileType: 1 },
    ]);

    for (const name of ["a.js", "b.js"])
      expect(await run("files", "upload", "--release", version, "app.js", `~/${name}`)).toMatchObject({ code: 0 });
    expect((await bench.api.send("GET", `${releasePath(version)}files/`)).body).toMatchObject([{ name: "~/a.js" }, { name: "~/b.js" }]);
    expect(await run("files", "delete", "--release", version, "--all")).toMatchObject({ code: 0 });
    expect((await bench.api.send("GET", `${releasePath(version)}files/`)).body).toEqual([]);
    expect(await stored.bundles(version)).toHaveLength(1);
  });

  test("an unknown release has none", async () => {
    await using site = await builtSite("for no release");
    const refused = await bench.run(client, ["files", "upload", "--release", "no-such", "app.js", "~/app.js"], { cwd: site.path });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/release not found/i) });
  });
});
