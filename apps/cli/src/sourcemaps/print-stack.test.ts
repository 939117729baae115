import type { ResolvedFrameView, SourceContextView } from "@landfall/schema/views/resolved-stack";
import { expect, test } from "vitest";
import { PLAIN } from "../terminal/paint.ts";
import { printContext } from "./print-context.ts";
import { printStack } from "./print-stack.ts";

const CONTEXT: SourceContextView = { firstLine: 8, before: ["eight", "nine"], line: "ten", lineStart: 0, after: ["", "twelve"] };

test.each([
  [0, ["    > 10 | ten"]],
  [1, ["       9 | nine", "    > 10 | ten", "      11 |"]],
  [5, ["       8 | eight", "       9 | nine", "    > 10 | ten", "      11 |", "      12 | twelve"]],
])("shows %i lines around a place", (around, lines) => {
  expect(printContext(CONTEXT, around, PLAIN)).toEqual(lines);
});

const frame = (more: Partial<ResolvedFrameView>): ResolvedFrameView => ({
  functionName: "t",
  originalFunction: null,
  url: "https://x.test/a.js",
  line: 1,
  column: 1,
  original: null,
  miss: null,
  ...more,
});

const place = (name: string | null) => ({ source: "a.ts", line: 1, column: 2, name, context: null });
const lines = (...frames: ResolvedFrameView[]) => frames.map((one, index) => ({ text: `    at line ${index}`, frame: one }));

test("names a function as the source does, else as the trace does", () => {
  const stack = lines(
    frame({ original: place("Error"), originalFunction: "greet" }),
    frame({ original: place("greet") }),
    frame({ original: place(null), functionName: null }),
  );
  expect(printStack({ lines: stack, frames: 3, resolved: 3 }, 2, PLAIN)).toBe(
    ["    at greet (a.ts:1:2)", "    at t (a.ts:1:2)", "    at a.ts:1:2", "", "3 of 3 calls resolved."].join("\n"),
  );
});

test("says a reason once, and nothing of code that has no source", () => {
  const miss = { reason: "map-missing", sentence: "No map.", fix: "Upload it." } as const;
  const native = { reason: "no-address", sentence: "Native.", fix: "Nothing is to be done." } as const;
  const textless = { reason: "no-sources-content", sentence: "No text.", fix: "Put it in." } as const;
  const stack = lines(frame({ miss }), frame({ miss }), frame({ miss: native }), frame({ original: place(null), miss: textless }));
  expect(
    printStack({ lines: [{ text: "Error: x", frame: null }, ...stack, { text: "", frame: null }], frames: 4, resolved: 1 }, 2, PLAIN).split(
      "\n",
    ),
  ).toEqual([
    "Error: x",
    "    at line 0",
    "      ✗ No map.",
    "      → Upload it.",
    "    at line 1",
    "    at line 2",
    "    at t (a.ts:1:2)",
    "      ✗ No text.",
    "      → Put it in.",
    "",
    "1 of 4 calls resolved.",
  ]);
});
