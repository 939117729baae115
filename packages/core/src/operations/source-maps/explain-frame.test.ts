import { uploadFile } from "@landfall/testing/artifacts/upload-artifacts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildScript, type BuiltScript } from "../../../test/build-script.ts";
import { bundleOf, openShop, organization, type Shop } from "../../../test/source-maps.ts";
import { explainFrame } from "./explain-frame.ts";

const UNKNOWN = "0aec15dd-aea4-52d9-b598-75cd54254902";

describe.each(["sqlite", "pglite"] as const)("the lookup of a frame on %s", (kind) => {
  let shop: Shop;
  let plain: BuiltScript;
  let injected: BuiltScript;
  beforeAll(async () => {
    [plain, injected] = await Promise.all([buildScript(), buildScript({ hasDebugId: true })]);
    shop = await openShop(kind);
    await shop.bundle(
      { files: { ...bundleOf("~/js/app.js", plain).files, ...bundleOf("~/js/main.3f2a91bc.js", plain).files } },
      { version: "1.0" },
    );
    await shop.bundle(bundleOf("~/assetsmain.3f2a91bc.js", plain), { version: "1.0" });
    await shop.bundle(bundleOf("~/ios/only.js", plain), { version: "1.0", dist: "ios" });
    await shop.bundle(bundleOf("~/injected.js", injected));
    await shop.bundle(
      { files: { ...bundleOf("~/a/app.js", plain).files, ...bundleOf("~/b/app.js", plain).files } },
      { version: "1.0", dist: "d2" },
    );
    const files = {
      "files/mapless.js": { url: "~/mapless.js", type: "minified_source", headers: { sourcemap: "maps/mapless.js.map" }, content: "f()" },
      "files/mapless.js.map": { url: "~/mapless.js.map", type: "source_map", content: "{}" },
      "files/silent.js": { url: "~/silent.js", type: "minified_source", content: "f()" },
      "files/broken.js": { url: "~/broken.js", type: "minified_source", headers: { sourcemap: "broken.js.map" }, content: "f()" },
      "files/broken.js.map": { url: "~/broken.js.map", type: "source_map", content: "<html>" },
      "files/header.js": {
        url: "~/header.js",
        type: "minified_source",
        headers: { sourcemap: "data:application/json,%7B%7D" },
        content: "f()",
      },
    };
    await shop.bundle({ files }, { version: "1.0" });
    await uploadFile(shop.ci, { organization, version: "1.0" }, { name: "~/own/file.js", content: "f()", dist: "d1" });
    await uploadFile(shop.ci, { organization, version: "1.0" }, { name: "~/ownlib.js", content: "f()", dist: "d1" });
  });
  afterAll(() => shop.bench.close());

  const url = (name: string) => `https://shop.example/${name}`;
  const call = { line: 1, column: 1 };
  const release = "1.0";

  test.each([
    ["release-missing", { url: url("js/app.js"), ...call }, /has no release/],
    ["release-unknown", { url: url("js/app.js"), release: "9.9", ...call }, /no release "9\.9"/],
    ["dist-differs", { url: url("js/app.js"), release, dist: "d9", ...call }, /has dist "d9".*for no dist/],
    ["dist-differs", { url: url("ios/only.js"), release, ...call }, /for dist "ios"/],
    ["dist-differs", { url: url("own/file.js"), release, ...call }, /for dist "d1"/],
    ["path-differs", { url: url("static/own/file.js"), release, dist: "d1", ...call }, /the uploaded file is "~\/own\/file\.js"/],
    ["path-differs", { url: url("own/lib.js"), release, dist: "d1", ...call }, /a slash is missing after the prefix "~\/own"/],
    ["other-build", { url: url("js/main.77d0ce41.js"), release, ...call }, /another build/],
    ["file-missing", { url: url("else.js"), release, ...call }, /No file similar to "~\/else\.js".*Its scripts are ".*", and others\.$/],
    ["ambiguous", { url: url("x/app.js"), release, dist: "d2", ...call }, /^"~\/x\/app\.js" matches 2 uploaded files equally well\.$/],
    ["debug-id-unknown", { url: url("js/x.js"), debugId: UNKNOWN, ...call }, /no uploaded file has it/],
    [
      "debug-id-not-injected",
      { url: url("injected.js"), release, ...call },
      /"~\/injected\.js" matches, but it was uploaded without a release/,
    ],
    ["map-missing", { url: url("mapless.js"), release, ...call }, /most similar uploaded file is "~\/mapless\.js\.map"/],
    ["map-reference-missing", { url: url("silent.js"), release, ...call }, /does not refer to a source map/],
    ["map-unreadable", { url: url("broken.js"), release, ...call }, /not JSON/],
    ["map-unreadable", { url: url("header.js"), release, ...call }, /not a source map/],
    ["position-outside", { url: url("js/app.js"), release, line: 99, column: 1 }, /is outside/],
    ["no-position", { url: url("js/app.js"), release }, /has no line number/],
    ["no-address", { url: "<anonymous>", release, ...call }, /no file/],
    ["no-address", {}, /no file/],
  ])("says %s: %j", async (reason, frame, sentence) => {
    const { miss, steps, original } = await shop.explain(frame);
    expect(miss).toMatchObject({ reason, sentence: expect.stringMatching(sentence), fix: expect.stringMatching(/\.$/) });
    expect(original).toBeNull();
    expect(steps.map(({ step }) => step)).toEqual(["release", "file", "reference", "map", "position", "source"]);
    const failed = steps.findIndex(({ state }) => state === "failed");
    expect(steps[failed]?.sentence).toBe(miss?.sentence);
    expect(steps.slice(failed + 1).map(({ state }) => state)).toEqual(steps.slice(failed + 1).map(() => "skipped"));
    expect(await shop.statements((owner) => explainFrame(owner, { organization, project: "web", ...frame }))).toBeLessThanOrEqual(20);
  });

  test("tells the nearest names, the nearest first", async () => {
    const { miss } = await shop.explain({ url: url("static/own/file.js"), release, dist: "d1", ...call });
    expect(miss?.near).toEqual(["~/own/file.js"]);
  });

  test("goes well, step by step", async () => {
    const { line, column } = plain;
    const told = await shop.explain({ url: url("js/app.js"), release, line, column });
    expect(told).toMatchObject({
      miss: null,
      original: { line: 3, context: { line: expect.stringContaining("// here") } },
      file: { name: "~/js/app.js", foundBy: "name", debugId: null, bundleId: expect.stringMatching(/^[\da-f-]{36}$/) },
      map: { name: "~/js/app.js.map", foundBy: "name" },
    });
    expect(told.steps.map(({ state }) => state)).toEqual(Array(6).fill("ok"));
    expect(told.steps.map(({ sentence }) => sentence).join("\n")).toMatchInlineSnapshot(`
      "The release "1.0" is known.
      "~/js/app.js" was found by its URL.
      A header refers to "app.js.map".
      The source map "~/js/app.js.map" was found and read.
      The position is line 3, column 26 of "src/cart.ts".
      The source map contains the text of the source."
    `);
  });

  test.each([
    ["static/js/app.js", 'Matched by the end of the path: the uploaded file is "~/js/app.js".'],
    ["assets/main.3f2a91bc.js", 'Matched by the end of the path: the uploaded file is "~/assetsmain.3f2a91bc.js".'],
  ])("matches %s by the end of its path", async (path, sentence) => {
    const { line, column } = plain;
    const explained = await shop.explain({ url: url(path), release, line, column });
    expect(explained).toMatchObject({ miss: null, file: { foundBy: "match" }, match: { by: "path", sentence }, original: { line: 3 } });
    expect(explained.steps[1]).toEqual({ step: "file", state: "ok", sentence });
  });

  test("needs no release and no reference with a debug id", async () => {
    const { line, column, debugId } = injected;
    const told = await shop.explain({ debugId: debugId ?? "", release: "9.9", line, column });
    expect(told).toMatchObject({ miss: null, file: { foundBy: "debug-id", debugId }, map: { foundBy: "debug-id", debugId } });
    expect(told.steps.map(({ state }) => state)).toEqual(["skipped", "ok", "skipped", "ok", "ok", "ok"]);
    expect(told.steps[0]?.sentence).toBe('There is no release "9.9"; a file with a debug id does not need one.');
  });
});
