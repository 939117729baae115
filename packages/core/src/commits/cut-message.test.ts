import fc from "fast-check";
import { expect, test } from "vitest";
import { listedMessage, storedMessage } from "./cut-message.ts";

test.each(["", "Fix it\n", "x".repeat(65_536), "é".repeat(32_768), "🚀".repeat(16_384)])(
  "a message of at most 64 KiB is stored whole",
  (text) => {
    expect(storedMessage(text)).toBe(text);
  },
);

test.each(["x".repeat(65_537), "é".repeat(32_769), "🚀".repeat(16_385), "a" + "🚀".repeat(100_000)])(
  "a longer one is stored cut, with a mark, between characters",
  (text) => {
    const stored = storedMessage(text);
    const [start = "", rest] = stored.split("\n\n[The rest of this message is not stored.]");
    expect(rest).toBe("");
    expect(text.startsWith(start)).toBe(true);
    expect(Buffer.byteLength(stored)).toBeGreaterThan(65_530);
    expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(65_536);
    expect(storedMessage(stored)).toBe(stored);
  },
);

test("lists contain at most 4 KiB, marked when cut", () => {
  const character = fc.constantFrom("a", "é", "…", "🚀");
  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 3000, maxLength: 6000, size: "max" }), (text) => {
      const listed = listedMessage(text) ?? "";
      if (Buffer.byteLength(text) <= 4096) return expect(listed).toBe(text);
      expect(Buffer.byteLength(listed)).toBeLessThanOrEqual(4096);
      expect([listed.at(-1), text.startsWith(listed.slice(0, -1)), listed.isWellFormed()]).toEqual(["…", true, true]);
    }),
    { numRuns: 50 },
  );
  expect(listedMessage(null)).toBeNull();
});
