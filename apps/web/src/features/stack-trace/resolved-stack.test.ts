import type { ResolvedFrameView } from "@landfall/schema/artifacts/source-maps";
import { expect, test } from "vitest";
import { formatStack } from "./resolved-stack.tsx";

const frame: ResolvedFrameView = {
  functionName: "t",
  originalFunction: null,
  url: "https://e.com/a.js",
  line: 1,
  column: 9,
  original: null,
  miss: null,
  match: null,
};

const original = { source: "src/cart.ts", line: 12, column: 3, name: null, context: null };

test("formats resolved frames with their source, and keeps other lines", () => {
  const text = formatStack({
    frames: 4,
    resolved: 3,
    choices: [],
    lines: [
      { text: "Error: no", frame: null },
      { text: "    at t (https://e.com/a.js:1:9)", frame: { ...frame, original, originalFunction: "addToCart" } },
      { text: "    at t (https://e.com/a.js:1:9)", frame: { ...frame, original } },
      { text: "    at https://e.com/a.js:1:9", frame: { ...frame, functionName: null, original } },
      { text: "    at x (https://e.com/b.js:1:9)", frame },
    ],
  });
  expect(text.split("\n")).toEqual([
    "Error: no",
    "    at addToCart (src/cart.ts:12:3)",
    "    at t (src/cart.ts:12:3)",
    "    at src/cart.ts:12:3",
    "    at x (https://e.com/b.js:1:9)",
  ]);
});
