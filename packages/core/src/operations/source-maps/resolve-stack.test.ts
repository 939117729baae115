import { zipOf } from "@landfall/testing/artifacts/make-bundle";
import { uploadArchive, uploadFile } from "@landfall/testing/artifacts/upload-artifacts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildScript, type BuiltScript, SOURCE } from "../../../test/build-script.ts";
import { bundleOf, openShop, organization, type Shop } from "../../../test/source-maps.ts";
import { createRelease } from "../releases/create.ts";
import { resolveStack } from "./resolve-stack.ts";

const HERE = 3;
const CONTEXT = { firstLine: 1, before: SOURCE.split("\n").slice(0, 2), line: SOURCE.split("\n")[2], lineStart: 0 };

describe("a stack trace", () => {
  let shop: Shop;
  let plain: BuiltScript;
  let injected: BuiltScript;
  let inline: BuiltScript;
  let bare: BuiltScript;
  const at = ({ line, column }: BuiltScript) => `${line}:${column}`;

  beforeAll(async () => {
    shop = await openShop();
    [plain, injected, inline, bare] = await Promise.all([
      buildScript(),
      buildScript({ hasDebugId: true }),
      buildScript({ isInline: true }),
      buildScript({ sourcesContent: false }),
    ]);
    const { ci, bundle } = shop;
    await bundle(bundleOf("~/static/app.js", plain), { version: "1.0" });
    await bundle(bundleOf("~/comment.js", { ...plain, script: plain.script.replace("app.js.map", "comment.js.map") }, false), {
      version: "1.0",
      dist: "d1",
    });
    await bundle(bundleOf("~/injected.js", injected));
    await bundle(bundleOf("~/inline.js", { ...inline, map: null }), { version: "1.0" });
    const source = { "files/_/_/src/cart.ts": { url: "~/src/cart.ts", type: "source", content: SOURCE } };
    await bundle({ files: { ...bundleOf("~/bare.js", bare).files, ...source } }, { version: "1.0" });
    await bundle(bundleOf("~/sourceless/bare.js", bare), { version: "1.0" });
    const sections = [{ offset: { line: 1, column: 0 }, map: JSON.parse(plain.map) as unknown }];
    const indexed = { script: `/* banner */\n${plain.script}`, map: JSON.stringify({ version: 3, sections }) };
    await bundle(bundleOf("~/indexed.js", indexed), { version: "1.0" });
    await createRelease(ci, { organization, version: "2.0", projects: ["web"] });
    const release = { organization, version: "2.0" };
    await uploadFile(ci, release, { name: "~/old.js", content: plain.script, headers: ["X-SourceMap:maps/old.map"] });
    await uploadFile(ci, release, { name: "~/maps/old.map", content: plain.map });
    await uploadFile(ci, release, { name: "~/dist.js", content: plain.script, dist: "d2", headers: ["SourceMap:dist.map"] });
    await uploadFile(ci, release, { name: "~/dist.map", content: plain.map, dist: "d2" });
    const manifest = {
      release: "2.0",
      files: {
        "a/packed.js": { url: "~/packed.js", type: "minified_source", headers: { Sourcemap: "packed.js.map" } },
        "a/packed.js.map": { url: "~/packed.js.map", type: "source_map" },
      },
    };
    const members = [
      ["a/packed.js", plain.script],
      ["a/packed.js.map", plain.map],
      ["manifest.json", JSON.stringify(manifest)],
    ] as const;
    await uploadArchive(shop.bench.app, ci, release, zipOf(members, true));
  });
  afterAll(() => shop.bench.close());

  test.each([
    [
      "by address, without its origin and its query",
      () => shop.frame(`https://shop.example/static/app.js?v=3:${at(plain)}`, { release: "1.0" }),
    ],
    [
      "by address of a dist, whose script says itself where its map is",
      () => shop.frame(`https://shop.example/comment.js:${at(plain)}`, { release: "1.0", dist: "d1" }),
    ],
    [
      "by debug id, without a release",
      () =>
        shop.frame(`https://cdn.example/x/y.js:${at(injected)}`, { debugIds: { "https://cdn.example/x/y.js": injected.debugId ?? "" } }),
    ],
    ["with a map in sections", () => shop.frame(`https://shop.example/indexed.js:${plain.line + 1}:${plain.column}`, { release: "1.0" })],
    ["with the map inside the script", () => shop.frame(`app:///inline.js:${at(inline)}`, { release: "1.0" })],
    ["with the source's text in a file beside the map", () => shop.frame(`https://shop.example/bare.js:${at(bare)}`, { release: "1.0" })],
    ["among files of a release, with a header", () => shop.frame(`https://shop.example/old.js:${at(plain)}`, { release: "2.0" })],
    ["among files of a dist of a release", () => shop.frame(`https://shop.example/dist.js:${at(plain)}`, { release: "2.0", dist: "d2" })],
    ["in an archive of a release", () => shop.frame(`https://shop.example/packed.js:${at(plain)}`, { release: "2.0" })],
  ])("is resolved %s", async (_, resolve) => {
    const { miss, original } = await resolve();
    expect(miss).toBeNull();
    expect(original).toMatchObject({
      source: expect.stringMatching(/src\/cart\.ts$/),
      line: HERE,
      column: expect.any(Number),
      context: CONTEXT,
    });
  });

  test("tells the place and the lack of its text where nothing has it", async () => {
    const { miss, original } = await shop.frame(`https://shop.example/sourceless/bare.js:${at(bare)}`, { release: "1.0" });
    expect(original).toMatchObject({ line: HERE, context: null });
    expect(miss).toMatchObject({ reason: "no-sources-content" });
  });

  test("keeps every line as it was pasted, and counts calls", async () => {
    const stack = `Error: too dear\r\n    at pay (https://shop.example/static/app.js:${at(plain)})\n\n    at Array.map (<anonymous>)\nnote`;
    const { lines, frames, resolved } = await shop.resolve({ stack, release: "1.0" });
    expect(lines.map(({ text }) => text).join("\n")).toBe(stack);
    expect([frames, resolved]).toEqual([2, 1]);
    expect(lines[1]?.frame).toMatchObject({
      functionName: "pay",
      originalFunction: null,
      line: plain.line,
      column: plain.column,
      miss: null,
    });
    expect(lines[3]?.frame).toMatchObject({ functionName: "Array.map", url: null, miss: { reason: "no-address" } });
  });

  test("names the function of a call as its caller calls it", async () => {
    const before = plain.script.slice(0, plain.script.indexOf(`"shopCheckout",`) + `"shopCheckout",`.length).split("\n");
    const caller = { ...plain, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    const calls = [plain, caller].map((script) => `    at t (https://shop.example/static/app.js:${at(script)})`);
    const { lines } = await shop.resolve({ stack: calls.join("\n"), release: "1.0" });
    expect(lines.map(({ frame }) => [frame?.functionName, frame?.originalFunction])).toEqual([
      ["t", "checkout"],
      ["t", null],
    ]);
  });

  test("takes statements by its scripts, however many calls are in them", async () => {
    const call = (script: string) => `    at f (https://shop.example/${script}:${at(plain)})\n`;
    const taken = (stack: string) =>
      shop.statements((owner) => resolveStack(owner, { organization, project: "web", stack, release: "1.0", dist: "" }));
    const one = await taken(call("static/app.js"));
    expect(one).toBeLessThanOrEqual(6);
    expect(await taken(call("static/app.js").repeat(500))).toBe(one);
    const [few, many] = [
      await taken(`${call("none0.js")}${call("none1.js")}`),
      await taken([0, 1, 2, 3, 4, 5].map((n) => call(`none${n}.js`)).join("")),
    ];
    expect(many - few).toBe(4 * 6);
  });

  test("has more calls and scripts than are looked up", async () => {
    const calls = Array.from({ length: 60 }, (_, index) => `    at f (https://shop.example/none${index}.js:1:1)`);
    const { lines } = await shop.resolve({ stack: calls.join("\n"), release: "1.0" });
    expect(lines.map(({ frame }) => frame?.miss?.reason)).toEqual([
      ...Array<string>(50).fill("file-missing"),
      ...Array<string>(10).fill("beyond-limit"),
    ]);
    const long = await shop.resolve({ stack: "f@https://e.com/a.js:1:1\n".repeat(1200), release: "1.0" });
    expect(long.lines.filter(({ frame }) => frame?.miss?.reason === "beyond-limit")).toHaveLength(200);
  });

  test("never reaches files of another project", async () => {
    await shop.bench.given.project(organization, "other");
    const stack = `    at f (https://cdn.example/y.js:${at(injected)})\n    at f (https://shop.example/static/app.js:${at(plain)})`;
    const debugIds = { "https://cdn.example/y.js": injected.debugId ?? "" };
    const told = await resolveStack(shop.owner, { organization, project: "other", release: "1.0", stack, debugIds });
    expect(told.lines.map(({ frame }) => frame?.miss?.reason)).toEqual(["debug-id-unknown", "release-unknown"]);
    expect((await shop.resolve({ stack, release: "1.0", debugIds })).resolved).toBe(2);
  });

  test("shows no sources to tokens that only report releases", async () => {
    await expect(resolveStack(shop.ci, { organization, project: "web", stack: "" })).rejects.toMatchObject({
      code: "forbidden",
      message: "Reading sources requires the scope project:read.",
    });
  });
});
