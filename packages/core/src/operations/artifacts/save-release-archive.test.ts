import { createHash } from "node:crypto";
import { readAhead } from "@landfall/artifacts/archive/random-access";
import { openBundle } from "@landfall/artifacts/bundles/open-bundle";
import { countedSource, incompressible } from "@landfall/testing/artifacts/counted-source";
import { zipOf } from "@landfall/testing/artifacts/make-bundle";
import { describe, expect, it } from "vitest";
import { readReleaseArchive } from "./save-release-archive.ts";

const FILES = 3000;
const BLOCK = 64 * 1024;

describe("readReleaseArchive", () => {
  it("reads an archive once, whatever the order of its manifest", async () => {
    const paths = Array.from({ length: FILES }, (_, n) => `files/_/_/part-${n}.js`);
    // Neighbors in the manifest are far apart in the archive.
    const shuffled = paths.map((_, n) => paths[(n * 1009) % FILES] ?? "");
    const files = Object.fromEntries(shuffled.map((path) => [path, { url: path.replace("files/_/_", "~") }]));
    const bytes = zipOf([...paths.map((path, n) => [path, incompressible(n)] as const), ["manifest.json", JSON.stringify({ files })]]);
    const source = countedSource(bytes);
    const bundle = await openBundle(source);
    const opened = source.total();
    const members = await readReleaseArchive(bundle, readAhead(source, BLOCK), { version: "web@1", heartbeat: async () => {} });
    expect(new Map(members.map(({ name, sha1 }) => [name, sha1]))).toEqual(
      new Map(paths.map((_, n) => [`~/part-${n}.js`, createHash("sha1").update(incompressible(n)).digest("hex")])),
    );
    expect(source.total() - opened).toBeLessThan(1.5 * bytes.length);
  });
});
