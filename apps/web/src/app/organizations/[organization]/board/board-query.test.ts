import { expect, test } from "vitest";
import { queryString } from "../../../../ui/addresses.ts";
import { formatBoardQuery, hasNoQuery, parseBoardQuery } from "./board-query.ts";

const NOTHING = { columns: [], pinned: [], filter: "", isDrift: false, cursor: null };

test.each([
  ["nothing", {}, NOTHING],
  ["one column", { environment: "qa" }, { ...NOTHING, columns: ["qa"] }],
  ["columns in their order, each once", { environment: ["b", "a", "b"] }, { ...NOTHING, columns: ["b", "a"] }],
  ["pins", { pin: ["x", "x", ""] }, { ...NOTHING, pinned: ["x"] }],
  ["a filter without the blanks around it", { q: "  shop " }, { ...NOTHING, filter: "shop" }],
  ["drift", { drift: "1" }, { ...NOTHING, isDrift: true }],
  ["drift said otherwise", { drift: "yes" }, NOTHING],
  ["a cursor", { cursor: "1:2:0" }, { ...NOTHING, cursor: "1:2:0" }],
])("reads %s", (_name, params, query) => {
  expect(parseBoardQuery(params)).toEqual(query);
});

test("what is read is written the same, but for the cursor", () => {
  const query = { columns: ["a b", "c,d"], pinned: ["c,d"], filter: "x&y", isDrift: true, cursor: "1:2:0" };
  const params = new URLSearchParams(queryString(formatBoardQuery(query)));
  const read = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  expect(parseBoardQuery(read)).toEqual({ ...query, cursor: null });
  expect(queryString(formatBoardQuery(query, "3:4:0"))).toContain("cursor=3%3A4%3A0");
  expect(queryString(formatBoardQuery(parseBoardQuery({})))).toBe("");
});

test("only an address without any query opens the default view", () => {
  expect([{}, { view: "all" }, { q: "" }].map(hasNoQuery)).toEqual([true, false, false]);
});
