import { Readable } from "node:stream";
import { BlobError, type BlobStore } from "@landfall/db/blobs/blob-store";
import { uploadFile } from "@landfall/testing/artifacts/upload-artifacts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildScript, type BuiltScript } from "../../../test/build-script.ts";
import { bundleOf, openShop, organization, type Shop } from "../../../test/source-maps.ts";
import { inProcessMapReader, sharedReader } from "../../kernel/map-reader.ts";
import { explainFrame } from "./explain-frame.ts";
import { resolveStack } from "./resolve-stack.ts";

const at = { organization, project: "web" };

describe("whatever is pasted or was uploaded", () => {
  let shop: Shop;
  let plain: BuiltScript;
  beforeAll(async () => {
    shop = await openShop();
    plain = await buildScript();
    await shop.bundle(bundleOf("~/app.js", plain), { version: "1.0" });
  });
  afterAll(() => shop.bench.close());

  test("is answered with sentences: hostile stacks", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom(
        "    at f (",
        "https://e.com/",
        "app.js",
        ":1:1)",
        "\n",
        "@",
        "\0",
        "\ud800",
        ":999999999:999999999",
        "..//",
        "%00",
        "~/",
        "eval at x (",
        "?",
      ),
    );
    const stack = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));
    const text = fc.option(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("1.0", "")), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        stack,
        text,
        text,
        fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
        async (pasted, release, dist, debugIds) => {
          const { lines, frames, resolved } = await resolveStack(shop.owner, {
            ...at,
            stack: pasted,
            debugIds,
            ...(release !== undefined && { release }),
            ...(dist !== undefined && { dist }),
          });
          expect(lines.map((line) => line.text).join("\n")).toBe(pasted.replaceAll("\0", "\ufffd").toWellFormed());
          expect(lines.filter(({ frame }) => frame !== null)).toHaveLength(frames);
          expect(resolved).toBeLessThanOrEqual(frames);
          for (const { frame } of lines) {
            if (frame === null) continue;
            expect(frame.original ?? frame.miss).not.toBeNull();
            if (frame.miss !== null) expect(frame.miss.sentence).toMatch(/^["A-Z].*\.$/s);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("is answered with sentences: hostile scripts and maps", async () => {
    const json = fc.record(
      {
        version: fc.constantFrom(3, "3", 2, null),
        sources: fc.oneof(
          fc.array(fc.option(fc.string({ unit: "binary" }))),
          fc.constantFrom<unknown>(null, "x", [[]], ["\0", "\ud800", "../../etc"]),
        ),
        sourcesContent: fc.oneof(fc.array(fc.option(fc.string())), fc.constantFrom<unknown>(null, 5, [1])),
        names: fc.oneof(fc.array(fc.string()), fc.constant(null)),
        mappings: fc.oneof(
          fc.string(),
          fc.stringMatching(/^[A-Za-z0-9+/,;]{0,80}$/),
          fc.constantFrom("AAAA", "AACAA;;;AAAAC", "ggggggggggggggB", "AAAAAAAAAAAA", ",,,;;;"),
        ),
        sections: fc.constantFrom<unknown>(
          [],
          [{ offset: { line: 0, column: 0 }, map: { version: 3, sources: ["a"], mappings: "AAAA", names: [] } }],
          [{}],
          7,
        ),
        sourceRoot: fc.constantFrom<unknown>("/", "http://", 5),
      },
      { requiredKeys: ["version", "sources", "mappings"] },
    );
    const map = fc.oneof(
      json.map((one) => JSON.stringify(one)),
      fc.string(),
      fc.constantFrom(")]}'\n{}", "[", "null"),
    );
    const reader = inProcessMapReader();
    let key = 0;
    await fc.assert(
      fc.asyncProperty(map, fc.boolean(), fc.nat({ max: 20 }), fc.option(fc.nat({ max: 100 })), async (content, isInline, line, column) => {
        key += 1;
        const text = isInline ? `//# sourceMappingURL=data:application/json,${encodeURIComponent(content.toWellFormed())}` : content;
        const bytes = () => Promise.resolve(new Uint8Array(Buffer.from(text)));
        const reading = await reader.resolve({ key: String(key), bytes, isInline }, [{ line, column }]);
        if (!reading.isRead) expect(reading.problem).toMatch(/^[A-Z].*\.$/s);
        else expect(reading.resolutions).toHaveLength(1);
        expect(await reader.readScript({ key: String(key), bytes })).toMatchObject({ isRead: true });
      }),
      { numRuns: 1000 },
    );
  });

  test.each(["\0.map", "long", "%00", "//", "../../../../x", "https://\u{1F600}/a.map", "?", "#"])(
    "is answered with a sentence: a script that refers to %j",
    async (written) => {
      const reference = written === "long" ? "x".repeat(9000) : written;
      const name = `~/refers-${Buffer.from(reference.slice(0, 20)).toString("hex")}.js`;
      await uploadFile(shop.ci, { organization, version: "1.0" }, { name, content: `f();\n//# sourceMappingURL=${reference}` });
      const { miss } = await shop.frame(`https://e.com/${name.slice(2)}:1:1`, { release: "1.0" });
      expect(miss?.reason).toMatch(/^map-(missing|reference-missing|unreadable)$/);
    },
  );

  describe("and bytes that are no longer what they were", () => {
    const frame = { url: "https://e.com/app.js", release: "1.0" };
    const withBlobs = (read: BlobStore["read"]) => {
      const blobs: BlobStore = { ...shop.bench.app.blobs, read };
      return explainFrame(
        { ...shop.owner, blobs, maps: sharedReader(inProcessMapReader()) },
        { ...at, ...frame, line: plain.line, column: plain.column },
      );
    };

    test("an archive cut short, or overwritten", async () => {
      const { read } = shop.bench.app.blobs;
      const garbled: BlobStore["read"] = (name, range) =>
        Readable.from(read(name, range)).map((part: Uint8Array) => part.map((byte) => byte ^ 0x5a));
      expect((await withBlobs(garbled)).miss).toMatchObject({
        reason: "map-unreadable",
        sentence: expect.stringMatching(/Create the bundle again and upload it/),
      });
    });

    test("an archive that is gone", async () => {
      const gone: BlobStore["read"] = () => Readable.from(failing(new BlobError("missing", "gone")));
      expect((await withBlobs(gone)).miss).toMatchObject({
        reason: "map-unreadable",
        sentence: expect.stringMatching(/copy of it is missing or damaged/),
      });
    });

    test("a bucket that cannot be reached is no fault of the file", async () => {
      const unreachable: BlobStore["read"] = () => Readable.from(failing(new BlobError("unreachable", "connect ECONNREFUSED")));
      await expect(withBlobs(unreachable)).rejects.toMatchObject({ code: "unavailable", message: expect.stringMatching(/Try again/) });
    });
  });
});

// oxlint-disable-next-line require-yield -- a stream that fails has nothing to give
async function* failing(error: Error): AsyncGenerator<Uint8Array> {
  throw error;
}
