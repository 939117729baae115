import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainMiss } from "./explain-miss.ts";
import type { FrameFacts, ReleaseFacts, ScriptFacts } from "./facts.ts";

const id = "0aec15dd-aea4-52d9-b598-75cd54254902";
const other = "1bd0599a-78e5-5b01-b9df-3051621807b1";

const frame = { absPath: "https://e.com/static/js/app.js?v=1", line: 1, column: 42, debugId: null };

const release: ReleaseFacts = {
  version: "1.0",
  dist: null,
  isKnown: true,
  dists: [null],
  distsWithFile: [],
  names: [],
  namesByDebugId: [],
  scripts: { names: [], hasMore: false },
};

const script: ScriptFacts = {
  name: "~/static/js/app.js",
  foundBy: "name",
  debugId: null,
  reference: { reference: "app.js.map", from: "comment", isInline: false },
};

const map = { state: "read", name: "~/static/js/app.js.map", debugId: null } as const;
const resolution = { isFound: true, source: "src/app.ts", line: 3, column: 4, name: null, context: null } as const;

const nothing: FrameFacts = { frame, release, script: null, similar: null, map: null, resolution: null };
const without = (facts: Partial<ReleaseFacts>) => explainMiss({ ...nothing, release: { ...release, ...facts } });

describe("a file that was not found", () => {
  it("is of an unknown release", () => {
    expect(explainMiss({ ...nothing, release: null })).toMatchObject({
      reason: "release-missing",
      fix: expect.stringContaining("Set the release in the SDK"),
    });
    expect(without({ isKnown: false, dists: [] })).toMatchObject({
      reason: "release-unknown",
      version: "1.0",
      sentence: 'There is no release "1.0", and no file was uploaded for it.',
    });
  });

  it("is of a release without files", () => {
    expect(without({ dists: [] })).toMatchObject({ reason: "nothing-uploaded", sentence: 'No file was uploaded for release "1.0".' });
  });

  it("was uploaded for another dist", () => {
    expect(without({ dist: "ios", dists: ["android", null, "ios"], distsWithFile: ["android", null] })).toMatchObject({
      reason: "dist-differs",
      dists: ["android", null],
      sentence: 'The event has dist "ios", but the files were uploaded for dist "android", no dist.',
    });
    expect(without({ dist: null, dists: ["android"] })).toMatchObject({
      reason: "dist-differs",
      dists: ["android"],
      sentence: 'The event has no dist, but the files were uploaded for dist "android".',
    });
  });

  it("was uploaded under another path", () => {
    expect(without({ names: ["~/js/app.js", "~/js/vendor.js"] })).toMatchObject({
      reason: "path-differs",
      wanted: "~/static/js/app.js",
      near: [{ name: "~/js/app.js", sharedSegments: 2 }],
      wantedPrefix: "~/static/",
      uploadedPrefix: "~/",
      sentence: 'The frame is in "~/static/js/app.js", but the uploaded file is "~/js/app.js".',
      fix: 'Upload the files so that their names begin with "~/static/" instead of "~/": use the option --url-prefix of sourcemaps upload.',
    });
    expect(without({ names: ["https://cdn.com/x/app.js"] })).toMatchObject({
      wantedPrefix: "~/static/js/",
      uploadedPrefix: "https://cdn.com/x/",
    });
  });

  it.each([
    ["~/static/jsapp.js", "~/static/js"],
    ["~/staticjs/app.js", "~/static"],
    ["https://e.com/static/jsapp.js", "https://e.com/static/js"],
    ["~static/js/app.js", "~"],
    ["https://e.comstatic/js/app.js", "https://e.com"],
  ])("was uploaded as %s, without a slash after the prefix", (name, prefix) => {
    expect(without({ names: ["~/js/app.js", name] })).toMatchObject({
      reason: "path-differs",
      wanted: "~/static/js/app.js",
      near: [{ name }],
      wantedPrefix: `${prefix}/`,
      uploadedPrefix: prefix,
      sentence: `The frame is in "~/static/js/app.js", but the uploaded file is "${name}": a slash is missing after the prefix "${prefix}".`,
      fix: `End the prefix of the upload with a slash: "${prefix}/", in --url-prefix or in the bundler plugin's urlPrefix.`,
    });
  });

  it("was requested with an additional slash, which is not a slash that the upload lacks", () => {
    const doubled = { ...nothing, frame: { ...frame, absPath: "https://e.com/static//app.js" } };
    const miss = explainMiss({ ...doubled, release: { ...release, names: ["~/static/app.js"] } });
    expect(miss).toMatchObject({
      reason: "path-differs",
      sentence: 'The frame is in "~/static//app.js", but the uploaded file is "~/static/app.js".',
    });
  });

  it("was uploaded from another build", () => {
    const built = { ...nothing, frame: { ...frame, absPath: "https://e.com/app.3f2a91bc.js" } };
    expect(explainMiss({ ...built, release: { ...release, names: ["~/app.77d0ce41.js"] } })).toMatchObject({
      reason: "other-build",
      sentence: 'The frame is in "~/app.3f2a91bc.js", but the uploaded file is "~/app.77d0ce41.js", which is from another build.',
    });
  });

  it("is not similar to any uploaded file", () => {
    expect(without({ names: ["~/other.js"] })).toMatchObject({
      reason: "file-missing",
      wanted: "~/static/js/app.js",
      sentence: 'No file similar to "~/static/js/app.js" was uploaded for release "1.0". No scripts were uploaded for it.',
    });
    expect(without({ scripts: { names: ["main.js", "~/other.js"], hasMore: true } })).toMatchObject({
      sentence: expect.stringMatching(/ Its scripts are "main\.js", "~\/other\.js", and others\.$/),
    });
  });

  it("is one of several that match, or of one without a release", () => {
    const similar = (names: readonly string[], isUnversioned: boolean) => explainMiss({ ...nothing, similar: { names, isUnversioned } });
    expect(similar(["~/a/app.js", "~/b/app.js"], false)).toMatchObject({
      reason: "ambiguous",
      sentence: '"~/static/js/app.js" matches 2 uploaded files equally well.',
      near: [{ name: "~/a/app.js" }, { name: "~/b/app.js" }],
    });
    expect(similar(["~/app.js"], true)).toMatchObject({
      reason: "debug-id-not-injected",
      sentence: '"~/app.js" matches, but it was uploaded without a release, and may be from another build.',
    });
  });

  it("has an unknown debug id, or none although the uploaded file has one", () => {
    expect(explainMiss({ ...nothing, frame: { ...frame, debugId: id } })).toMatchObject({ reason: "debug-id-unknown", debugId: id });
    expect(explainMiss({ ...nothing, frame: { ...frame, absPath: "<anonymous>", debugId: id } })).toMatchObject({
      reason: "debug-id-unknown",
    });
    expect(without({ dists: [], namesByDebugId: ["~/app.js"] })).toMatchObject({
      reason: "debug-id-not-injected",
      sentence: '"~/app.js" was uploaded without a release, so it can only be found by debug id, and the frame has none.',
      fix: expect.stringContaining("sourcemaps inject"),
    });
    expect(without({ names: ["~/js/app.js"], namesByDebugId: ["~/app.js"] })).toMatchObject({ reason: "path-differs" });
  });

  it.each([null, "<anonymous>", "[native code]", "node:internal/x"])("cannot be uploaded: %j", (absPath) => {
    expect(explainMiss({ ...nothing, frame: { ...frame, absPath } })).toMatchObject({
      reason: "no-address",
      fix: "No action is needed.",
    });
  });
});

describe("a file that was found", () => {
  const found = (facts: Partial<FrameFacts>) => explainMiss({ ...nothing, script, map, ...facts });

  it("has no reference to a map", () => {
    const silent = { ...script, reference: null };
    expect(found({ script: silent, map: null })).toMatchObject({
      reason: "map-reference-missing",
      sentence: '"~/static/js/app.js" was found, but does not refer to a source map.',
    });
    expect(found({ script: silent, map: { state: "missing", name: null, names: [] } })).toMatchObject({ reason: "map-reference-missing" });
    expect(found({ script: silent, resolution })).toMatchObject({ reason: "no-sources-content" });
  });

  it("refers to a map that was not uploaded", () => {
    expect(found({ map: { state: "missing", name: "~/static/js/app.js.map", names: ["~/maps/app.js.map", "~/a.js"] } })).toMatchObject({
      reason: "map-missing",
      map: "~/static/js/app.js.map",
      near: [{ name: "~/maps/app.js.map" }],
      sentence:
        '"~/static/js/app.js" refers to "~/static/js/app.js.map", which was not uploaded. The most similar uploaded file is "~/maps/app.js.map".',
    });
    expect(found({ map: null })).toMatchObject({ reason: "map-missing", map: "app.js.map", near: [] });
  });

  it("has a map that cannot be read", () => {
    const problem = "This is not a source map: it is not JSON.";
    expect(found({ map: { state: "unreadable", name: "~/a.map", problem } })).toMatchObject({
      reason: "map-unreadable",
      sentence: `The source map "~/a.map" of "~/static/js/app.js" cannot be read. ${problem}`,
    });
    expect(found({ map: { state: "unreadable", name: null, problem } })?.sentence).toMatch(/^The source map of "~/);
  });

  it("has a map without the position", () => {
    const outside = { isFound: false, why: "outside" } as const;
    expect(found({ resolution: outside })).toMatchObject({
      reason: "position-outside",
      line: 1,
      column: 42,
      sentence: expect.stringContaining('Line 1, column 42 of "~/static/js/app.js" is outside'),
    });
    expect(found({ frame: { ...frame, column: null }, resolution: outside })?.sentence).toMatch(/^Line 1 of /);
    expect(found({ resolution: { isFound: false, why: "unmapped" } })).toMatchObject({ reason: "position-unmapped" });
    expect(found({ frame: { ...frame, line: null } })).toMatchObject({ reason: "no-position" });
    expect(found({ script: { ...script, debugId: id }, map: { ...map, debugId: other }, resolution: outside })).toMatchObject({
      reason: "map-of-other-build",
      scriptDebugId: id,
      mapDebugId: other,
    });
    expect(found({ script: { ...script, debugId: id }, map: { ...map, debugId: id }, resolution: outside })).toMatchObject({
      reason: "position-outside",
    });
  });

  it("has a map without the text of its sources", () => {
    expect(found({ resolution })).toMatchObject({ reason: "no-sources-content", source: "src/app.ts" });
  });

  it("lacks nothing", () => {
    const context = { firstLine: 3, before: [], line: "x", lineStart: 0, after: [] };
    expect(found({ resolution: { ...resolution, context } })).toBeNull();
  });
});

it("every miss has a sentence for the cause and the fix", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("https://e.com/a/b.js", "~/b.js", "~/b.0123456789.js", "<anonymous>"));
  const dist = fc.option(fc.constantFrom("a", "b"));
  const uuid = fc.option(fc.constantFrom(id, other));
  const facts: fc.Arbitrary<FrameFacts> = fc.record({
    frame: fc.record({ absPath: fc.option(text), line: fc.option(fc.nat()), column: fc.option(fc.nat()), debugId: uuid }),
    release: fc.option(
      fc.record({
        version: text,
        dist,
        isKnown: fc.boolean(),
        dists: fc.uniqueArray(dist),
        distsWithFile: fc.uniqueArray(dist),
        names: fc.array(text),
        namesByDebugId: fc.array(text),
        scripts: fc.record({ names: fc.array(text), hasMore: fc.boolean() }),
      }),
    ),
    script: fc.option(
      fc.record({
        name: text,
        foundBy: fc.constant("name" as const),
        debugId: uuid,
        reference: fc.constantFrom(null, script.reference),
      }),
    ),
    similar: fc.option(fc.record({ names: fc.array(text), isUnversioned: fc.boolean() })),
    map: fc.constantFrom(null, map, { ...map, debugId: id }, { state: "missing" as const, name: null, names: [] }),
    resolution: fc.constantFrom(null, resolution, { isFound: false as const, why: "outside" as const }),
  });
  fc.assert(
    fc.property(facts, (frameFacts) => {
      const miss = explainMiss(frameFacts);
      expect(miss?.sentence).toMatch(/^["A-Z].*\.$/);
      expect(miss?.sentence).not.toMatch(/undefined|null|\[object|\n/);
      expect(miss?.fix).toMatch(/^[A-Z].*\.$/);
    }),
    { numRuns: 500 },
  );
});
