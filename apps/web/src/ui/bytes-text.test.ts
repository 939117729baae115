import { expect, test } from "vitest";
import { formatBytes } from "./bytes-text.ts";

test.each([
  [0, "0 bytes"],
  [1023, "1023 bytes"],
  [1024, "1.0 KiB"],
  [4_404_019, "4.2 MiB"],
  [139_586_437_120, "130 GiB"],
  [1.5 * 1024 ** 4, "1.5 TiB"],
  [5000 * 1024 ** 4, "5000 TiB"],
])("%d are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
