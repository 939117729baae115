import { expect, test } from "vitest";
import { byteRange } from "./byte-range.ts";

test.each([
  ["bytes=0-", { start: 0, end: 10 }],
  ["bytes=0-0", { start: 0, end: 1 }],
  ["bytes=2-5", { start: 2, end: 6 }],
  ["bytes=9-9", { start: 9, end: 10 }],
  ["bytes=5-999", { start: 5, end: 10 }],
  ["bytes=-3", { start: 7, end: 10 }],
  ["bytes=-999", { start: 0, end: 10 }],
  [" bytes=1-2 ", { start: 1, end: 3 }],
  ["bytes=10-", "beyond"],
  ["bytes=10-12", "beyond"],
  ["bytes=-0", "beyond"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,3-4", null],
  ["bytes=a-b", null],
  ["items=0-1", null],
  ["", null],
  [null, null],
])("of ten bytes, %j asks for %j", (header, expected) => expect(byteRange(header, 10)).toEqual(expected));

test("of no bytes there is no part", () => {
  expect([byteRange("bytes=0-", 0), byteRange("bytes=-5", 0)]).toEqual(["beyond", "beyond"]);
});
