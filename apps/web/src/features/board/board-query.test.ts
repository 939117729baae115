import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queryString } from "#ui/organization-urls.ts";
import { addColumn, changeColumn, type ColumnChange, formatBoardQuery, hasNoQuery, orderColumns, parseBoardQuery } from "./board-query.ts";

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

const NAMES = ["dev", "staging", "canary", "production"];
const query = (pinned: readonly string[] = []) => ({ columns: [], pinned, filter: "q", isDrift: true, cursor: null });

const orderOf = (names: readonly string[], pinned: readonly string[]) =>
  orderColumns(
    names.map((name) => ({ name })),
    pinned,
  ).map(({ name }) => name);

test("pinned columns stand first, in the order they were pinned; pins of no column do nothing", () => {
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

  test("the last column cannot be left out", () => {
    expect(changeColumn(query(), ["dev"], "dev", "hide")).toBeNull();
  });

  test("moving left and right again changes nothing, and no column is lost or doubled", () => {
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

test("a column more stands behind all others", () => {
  expect(addColumn(query(), ["dev", "production"], "qa").columns).toEqual(["dev", "production", "qa"]);
  expect(addColumn(query(), ["dev", "qa"], "dev").columns).toEqual(["qa", "dev"]);
});
