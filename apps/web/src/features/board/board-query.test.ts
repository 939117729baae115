import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queryString } from "#ui/organization-urls.ts";
import { addColumn, changeColumn, type ColumnChange, formatBoardQuery, hasNoQuery, orderColumns, parseBoardQuery } from "./board-query.ts";

const EMPTY = { columns: [], pinned: [], filter: "", isDrift: false, cursor: null };

test.each([
  ["nothing", {}, EMPTY],
  ["one column", { environment: "qa" }, { ...EMPTY, columns: ["qa"] }],
  ["columns in order, each once", { environment: ["b", "a", "b"] }, { ...EMPTY, columns: ["b", "a"] }],
  ["pins", { pin: ["x", "x", ""] }, { ...EMPTY, pinned: ["x"] }],
  ["a trimmed filter", { q: "  shop " }, { ...EMPTY, filter: "shop" }],
  ["drift", { drift: "1" }, { ...EMPTY, isDrift: true }],
  ["an invalid drift", { drift: "yes" }, EMPTY],
  ["a cursor", { cursor: "1:2:0" }, { ...EMPTY, cursor: "1:2:0" }],
])("parses %s", (_name, params, query) => {
  expect(parseBoardQuery(params)).toEqual(query);
});

test("round-trips everything except the cursor", () => {
  const query = { columns: ["a b", "c,d"], pinned: ["c,d"], filter: "x&y", isDrift: true, cursor: "1:2:0" };
  const params = new URLSearchParams(queryString(formatBoardQuery(query)));
  const read = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  expect(parseBoardQuery(read)).toEqual({ ...query, cursor: null });
  expect(queryString(formatBoardQuery(query, "3:4:0"))).toContain("cursor=3%3A4%3A0");
  expect(queryString(formatBoardQuery(parseBoardQuery({})))).toBe("");
});

test("only a URL without a query opens the default view", () => {
  expect([{}, { view: "all" }, { q: "" }].map(hasNoQuery)).toEqual([true, false, false]);
});

const NAMES = ["dev", "staging", "canary", "production"];
const query = (pinned: readonly string[] = []) => ({ columns: [], pinned, filter: "q", isDrift: true, cursor: null });

const orderOf = (names: readonly string[], pinned: readonly string[]) =>
  orderColumns(
    names.map((name) => ({ name })),
    pinned,
  ).map(({ name }) => name);

test("puts pinned columns first, in the order they were pinned, and ignores unknown pins", () => {
  expect(orderOf(NAMES, [])).toEqual(NAMES);
  expect(orderOf(NAMES, ["production", "gone", "staging"])).toEqual(["production", "staging", "dev", "canary"]);
});

describe("a change", () => {
  test.each<[string, ColumnChange, string[], { columns?: string[]; pinned?: string[] } | null]>([
    ["staging", "left", [], { columns: ["staging", "dev", "canary", "production"] }],
    ["staging", "right", [], { columns: ["dev", "canary", "staging", "production"] }],
    ["dev", "left", [], null],
    ["production", "right", [], null],
    ["canary", "left", ["staging"], { columns: ["canary", "staging", "dev", "production"] }],
    ["dev", "left", ["staging"], null],
    ["production", "left", ["dev", "production"], { pinned: ["production", "dev"] }],
    ["production", "right", ["dev", "production"], null],
    ["production", "pin", ["dev"], { pinned: ["dev", "production"] }],
    ["dev", "pin", ["dev"], null],
    ["dev", "unpin", ["dev", "qa"], { pinned: ["qa"] }],
    ["dev", "unpin", [], null],
    ["dev", "hide", ["dev"], { columns: ["staging", "canary", "production"], pinned: [] }],
    ["nowhere", "left", [], null],
  ])("of %s: %s with pins %j", (name, change, pinned, expected) => {
    const before = query(pinned);
    expect(changeColumn(before, NAMES, name, change)).toEqual(expected && { ...before, ...expected });
  });

  test("cannot remove the last column", () => {
    expect(changeColumn(query(), ["dev"], "dev", "hide")).toBeNull();
  });

  test("moving left and right again changes nothing, and keeps every column once", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, fc.nat(), fc.nat(), (shown, at, pins) => {
        const name = shown[at % shown.length] ?? "";
        const before = query(shown.filter((_, index) => ((pins >> index) & 1) === 1));
        const moved = changeColumn(before, shown, name, "left");
        if (!moved) return;
        const columns = moved.columns.length > 0 ? moved.columns : shown;
        expect(columns.toSorted()).toEqual(shown.toSorted());
        const [wasAt, isAt] = [orderOf(shown, before.pinned), orderOf(columns, moved.pinned)].map((order) => order.indexOf(name));
        expect(isAt).toBe((wasAt ?? 0) - 1);
        const back = changeColumn(moved, columns, name, "right");
        expect(orderOf(back?.columns.length ? back.columns : shown, back?.pinned ?? [])).toEqual(orderOf(shown, before.pinned));
      }),
    );
  });
});

test("adds a column at the end", () => {
  expect(addColumn(query(), ["dev", "production"], "qa").columns).toEqual(["dev", "production", "qa"]);
  expect(addColumn(query(), ["dev", "qa"], "dev").columns).toEqual(["qa", "dev"]);
});
