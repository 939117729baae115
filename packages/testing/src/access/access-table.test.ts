import { expect, test } from "vitest";
import { ACCESS_TABLE, CALLERS } from "./access-table.ts";

test("has every operation and every route once", () => {
  const operations = ACCESS_TABLE.map((row) => row.operation);
  const routes = ACCESS_TABLE.flatMap((row) => row.route ?? []);
  expect(operations).toEqual([...new Set(operations)]);
  expect(routes).toEqual([...new Set(routes)]);
  expect(routes.filter((route) => !/^(GET|POST|PUT|DELETE) \/\S*$/.test(route))).toEqual([]);
});

test("has a result for every caller", () => {
  for (const { operation, verdicts } of ACCESS_TABLE) expect([operation, Object.keys(verdicts)]).toEqual([operation, [...CALLERS]]);
});

test("no caller has more access than the owner", () => {
  for (const { operation, verdicts } of ACCESS_TABLE) {
    expect([operation, verdicts.owner === "ok" || Object.values(verdicts).every((verdict) => verdict !== "ok")]).toEqual([operation, true]);
    expect([operation, verdicts.foreignCi === "ok" && verdicts.stranger !== "ok"]).toEqual([operation, false]);
  }
});

test("each role includes the previous one", () => {
  for (const { operation, verdicts } of ACCESS_TABLE) {
    const { member, admin, manager, owner } = verdicts;
    const allowed = [member, admin, manager, owner].map((verdict) => verdict === "ok");
    const lost = allowed.some((isAllowed, rank) => isAllowed && allowed.slice(rank).includes(false));
    expect([operation, lost]).toEqual([operation, false]);
  }
});
