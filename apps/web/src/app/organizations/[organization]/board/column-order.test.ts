import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addColumn, changeColumn, type ColumnChange, orderColumns } from "./column-order.ts";

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
