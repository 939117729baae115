import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceText } from "./source-text.ts";

describe("lines of a source", () => {
  it("are those around a line, as many as exist", () => {
    const text = new SourceText("one\ntwo\r\nthree\rfour\n");
    expect(text.lineCount).toBe(5);
    expect(text.context(2, 0, 1)).toEqual({ firstLine: 1, before: ["one"], line: "two", lineStart: 0, after: ["three"] });
    expect(text.context(1, 0, 5)).toEqual({ firstLine: 1, before: [], line: "one", lineStart: 0, after: ["two", "three", "four", ""] });
    expect(text.context(4, 0, 0)).toEqual({ firstLine: 4, before: [], line: "four", lineStart: 0, after: [] });
    expect(text.context(6, 0, 1)).toBeNull();
    expect(text.context(0, 0, 1)).toBeNull();
    expect(new SourceText("").context(1, 0, 3)).toEqual({ firstLine: 1, before: [], line: "", lineStart: 0, after: [] });
  });

  it("are cut if they are long, with the column in view", () => {
    const long = "x".repeat(5000);
    const line = `${long}HERE${long}`;
    const around = new SourceText(`${long}\n${line}`).context(2, 5000, 1);
    expect(around?.before).toEqual([`${"x".repeat(300)}…`]);
    expect(around?.line).toHaveLength(301);
    expect(around?.lineStart).toBe(4900);
    expect(around?.line.slice(5000 - 4900, 5004 - 4900)).toBe("HERE");
    expect(new SourceText(line).context(1, 10, 0)?.lineStart).toBe(0);
    expect(new SourceText(line).context(1, 99_999, 0)).toMatchObject({ lineStart: line.length - 300, line: "x".repeat(300) });
  });

  it("equal the lines of String.split", () => {
    const text = fc.array(fc.constantFrom("a", "b ", "\n", "\r\n", "\r", "\u2028"), { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), fc.nat(4), (content, line, around) => {
        const lines = content.split(/\r\n|\n|\r/);
        const context = new SourceText(content).context(line, 0, around);
        if (line > lines.length) expect(context).toBeNull();
        else {
          expect([...(context?.before ?? []), context?.line, ...(context?.after ?? [])]).toEqual(
            lines.slice(Math.max(0, line - 1 - around), line + around),
          );
        }
      }),
    );
  });
});
