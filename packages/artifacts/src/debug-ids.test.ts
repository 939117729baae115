import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentId, normalizeDebugId } from "./debug-ids.ts";

const id = "0aec15dd-aea4-52d9-b598-75cd54254902";

describe("a debug id", () => {
  it.each([id, id.toUpperCase(), id.replaceAll("-", ""), ` ${id}\n`, `{${id}}`, `urn:uuid:${id}`, "0aec15dd-aea452d9-b59875cd54254902"])(
    "%j",
    (text) => {
      expect(normalizeDebugId(text)).toBe(id);
    },
  );

  it.each(["", "0aec15dd", `${id}-1a`, `${id}0`, id.replace("0", "g"), `{${id}`, "00000000-0000-0000-0000-000000000000", "0".repeat(32)])(
    "%j is not valid",
    (text) => {
      expect(normalizeDebugId(text)).toBeNull();
    },
  );

  it("is the same for every notation of a UUID", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.boolean(), (uuid, isUpper, isBare) => {
        const cased = isUpper ? uuid.toUpperCase() : uuid;
        expect(normalizeDebugId(isBare ? cased.replaceAll("-", "") : cased)).toBe(uuid);
      }),
    );
  });

  it("is invalid with any other character", () => {
    const stranger = fc.constantFrom(..."gxz!/:@`é 　ａ\0");
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 34 }), stranger, (uuid, at, character) => {
        expect(normalizeDebugId(uuid.slice(0, at) + character + uuid.slice(at + 1))).toBeNull();
        expect(normalizeDebugId(uuid.slice(0, at) + character + uuid.slice(at))).toBeNull();
      }),
    );
  });
});

describe("an id of content", () => {
  it("is a UUID of version 8, the same in every process", () => {
    expect(contentId("a", "b")).toBe(contentId(Buffer.from("a"), "b"));
    expect(contentId("console.log(1)")).toBe("0b691430-8b8a-8ffd-9bba-6b4ffcab168e");
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(contentId(...parts)).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        expect(normalizeDebugId(contentId(...parts))).toBe(contentId(...parts));
      }),
    );
  });

  it("depends on where each part ends", () => {
    const ids = [contentId("ab"), contentId("a", "b"), contentId("", "ab"), contentId("ab", ""), contentId(), contentId("")];
    expect(new Set(ids).size).toBe(6);
  });
});
