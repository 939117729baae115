import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromBytes } from "../archive/random-access.ts";
import { openBundle } from "./open-bundle.ts";
import { entryPaths, type NewBundle, type NewBundleFile, writeBundle } from "./write-bundle.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "landfall-bundling-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const BUNDLE: NewBundle = { organization: "acme", projects: ["web"], release: "web@1", dist: null };
const ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

const file = (url: string, content: string | Uint8Array, more: Partial<NewBundleFile> = {}): NewBundleFile => ({
  url,
  type: "minified_source",
  debugId: null,
  mapReference: null,
  open: () => [Buffer.from(content)],
  ...more,
});

const nextPath = (): string => join(folder, String((count += 1)));

async function writeAndOpen(files: readonly NewBundleFile[], bundle: NewBundle = BUNDLE) {
  const path = nextPath();
  const { bundleId } = await writeBundle(path, bundle, files);
  return { path, bundleId, bytes: await readFile(path) };
}

describe("writeBundle", () => {
  test("writes what the server reads: files, URLs, types, debug ids, maps", async () => {
    const { bytes, bundleId } = await writeAndOpen([
      file("~/app.js.map", "{}", { type: "source_map", debugId: ID }),
      file("~/app.js", "code", { debugId: ID, mapReference: "app.js.map" }),
    ]);
    expect(bytes.subarray(0, 8).toString("latin1")).toBe("SYSB\u0002\0\0\0");
    const bundle = await openBundle(fromBytes(bytes));
    expect(bundle).toMatchObject({ bundleId, organization: "acme", project: "web", release: "web@1", dist: null, archive: { version: 2 } });
    expect(bundle.files).toMatchObject([
      { path: "files/_/_/app.js", url: "~/app.js", type: "minified_source", debugId: ID, mapReference: "app.js.map" },
      { path: "files/_/_/app.js.map", url: "~/app.js.map", type: "source_map", debugId: ID, mapReference: null },
    ]);
    expect(Buffer.from(await bundle.archive.read("files/_/_/app.js", 100)).toString()).toBe("code");
  });

  test("contains any files, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.string({ unit: "binary" }).filter((name) => !name.includes("\0")),
            fc.uint8Array(),
          ),
          { maxLength: 5 },
        ),
        async (added) => {
          const { bytes } = await writeAndOpen(added.map(([name, content]) => file(`~/${name}`, content)));
          const { files, archive } = await openBundle(fromBytes(bytes));
          const contents = await Promise.all(
            files.map(async ({ path, url }) => [url, Buffer.from(await archive.read(path, 1_000)).toString("hex")]),
          );
          const wanted = added.map(([name, content]) => [`~/${name}`, Buffer.from(content).toString("hex")]);
          expect(contents.toSorted(byText)).toEqual(wanted.toSorted(byText));
        },
      ),
      { numRuns: 15 },
    );
  });

  test("is the same for the same files in any order", async () => {
    const files = [file("~/b.js", "b"), file("~/a.js", "a"), file("~/c.js", "c")];
    const first = await writeAndOpen(files);
    const second = await writeAndOpen(files.toReversed());
    expect(second.bundleId).toBe(first.bundleId);
    expect(second.bytes.equals(first.bytes)).toBe(true);
  });

  test("is the same in every time zone", async () => {
    const script = `
      import { writeBundle } from ${JSON.stringify(join(import.meta.dirname, "write-bundle.ts"))};
      await writeBundle(process.argv[1], ${JSON.stringify(BUNDLE)}, [{ url: "~/a.js", type: "source", debugId: null, mapReference: null, open: () => [Buffer.from("a")] }]);`;
    const sums = await Promise.all(
      ["UTC", "Pacific/Auckland", "America/Los_Angeles"].map(async (TZ) => {
        const path = nextPath();
        await promisify(execFile)(process.execPath, ["--input-type=module-typescript", "-e", script, path], {
          env: { ...process.env, TZ },
        });
        return createHash("sha1")
          .update(await readFile(path))
          .digest("hex");
      }),
    );
    expect(new Set(sums).size).toBe(1);
  });

  test.each([
    ["a file's content", [file("~/a.js", "b")], BUNDLE],
    ["a file's name", [file("~/b.js", "a")], BUNDLE],
    ["the release", [file("~/a.js", "a")], { ...BUNDLE, release: "web@2" }],
    ["the dist", [file("~/a.js", "a")], { ...BUNDLE, dist: "d" }],
    ["the projects", [file("~/a.js", "a")], { ...BUNDLE, projects: ["web", "api"] }],
  ])("is another bundle if %s differs", async (_, files, bundle) => {
    const first = await writeAndOpen([file("~/a.js", "a")]);
    const other = await writeAndOpen(files, bundle);
    expect(other.bundleId).not.toBe(first.bundleId);
    expect(other.bytes.equals(first.bytes)).toBe(false);
  });

  test("has a project only if there is exactly one", async () => {
    const { bytes } = await writeAndOpen([file("~/a.js", "a")], { ...BUNDLE, projects: ["web", "api"], release: null });
    expect(await openBundle(fromBytes(bytes))).toMatchObject({ project: null, release: null });
  });

  test("contains two files with the same URL", async () => {
    const { bytes } = await writeAndOpen([file("~/a.js", "1"), file("~/a.js", "2")]);
    const { files } = await openBundle(fromBytes(bytes));
    expect(files.map(({ path, url }) => [path, url])).toEqual([
      ["files/_/_/a.js", "~/a.js"],
      ["files/_/_/a.js.1", "~/a.js"],
    ]);
  });

  test("opens one file at a time", async () => {
    let open = 0;
    let most = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      most = Math.max(most, (open += 1));
      yield Buffer.from("x");
      open -= 1;
    };
    await writeAndOpen(Array.from({ length: 20 }, (_, index) => file(`~/${index}.js`, "", { open: counted })));
    expect(most).toBe(1);
  });

  test("throws the error of a file, and of the file system", async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from("x");
      throw new Error("read failed");
    };
    const files = [file("~/a.js", "a"), file("~/b.js", "", { open: failing }), file("~/c.js", "c")];
    await expect(writeBundle(nextPath(), BUNDLE, files)).rejects.toThrow("read failed");
    const { path } = await writeAndOpen([]);
    await expect(writeBundle(path, BUNDLE, [])).rejects.toMatchObject({ code: "EEXIST" });
    await expect(writeBundle(join(folder, "none", "x"), BUNDLE, [])).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("entryPaths", () => {
  test.each([
    ["~/app.js", "files/_/_/app.js"],
    ["/app.js", "files/_/_/app.js"],
    ["~/dir/[id] (1).js", "files/_/_/dir/[id] (1).js"],
    ["~/dir/é%.js", "files/_/_/dir/%C3%A9%25.js"],
    ["https://cdn.example.com/a/b.js?v=1", "files/https/cdn.example.com/a/b.js%3Fv=1"],
    ["app:///index.js", "files/app/_/index.js"],
    ["~/../../etc/passwd", "files/_/_/%2E%2E/%2E%2E/etc/passwd"],
    ["~/a\\b.js", "files/_/_/a%5Cb.js"],
  ])("%s is %s", (url, path) => {
    expect(entryPaths([url])).toEqual([path]);
  });
});

const byText = (a: readonly unknown[], b: readonly unknown[]): number => (String(a) < String(b) ? -1 : Number(String(a) > String(b)));
