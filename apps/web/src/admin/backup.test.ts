import { expect, test } from "vitest";
import { createProgressReporter } from "./backup.ts";

test("a line is lines every five seconds, and none of what is short", () => {
  const lines: string[] = [];
  let now = 1_000;
  const progress = createProgressReporter({ log: (text) => void lines.push(text) }, () => now);
  const at = (seconds: number, blobs: number) => {
    now = 1_000 + seconds * 1_000;
    progress({ blobs, ofBlobs: 40, bytes: blobs * 1_048_576, ofBytes: 41_943_040 });
  };
  for (const [seconds, blobs] of [
    [0, 1],
    [4.9, 9],
    [5, 10],
    [5.1, 11],
    [9.9, 19],
    [10, 20],
    [31, 40],
  ] as const) {
    at(seconds, blobs);
  }
  expect(lines).toEqual([
    "10 of 40 artifacts, 10.0 MiB of 40.0 MiB …",
    "20 of 40 artifacts, 20.0 MiB of 40.0 MiB …",
    "40 of 40 artifacts, 40.0 MiB of 40.0 MiB …",
  ]);
});
