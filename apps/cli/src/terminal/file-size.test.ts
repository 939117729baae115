import { expect, test } from "vitest";
import { fileSize } from "./file-size.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [1_234, "1.2 kB"],
  [9_960, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [12_345_678, "12 MB"],
  [5_000_000_000_000, "5000 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(fileSize(bytes)).toBe(text);
});
