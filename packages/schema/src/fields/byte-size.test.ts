import { expect, test } from "vitest";
import { ByteSize } from "./byte-size.ts";

test.each([
  ["0", 0],
  ["4096", 4096],
  ["1.5 GiB", 1.5 * 1024 ** 3],
  ["500MiB", 500 * 1024 ** 2],
  [" 2TiB ", 2 * 1024 ** 4],
])("reads %j as bytes", (text, bytes) => {
  expect(ByteSize.parse(text)).toBe(bytes);
});

test.each(["", "GiB", "5GB", "-1", "1e9", "99999999TiB", "1,5GiB"])("rejects %j", (text) => {
  expect(ByteSize.safeParse(text).success).toBe(false);
});
