import { expect, test } from "vitest";
import { countBySide } from "./comparison-summary.tsx";
import { commitOf, comparisonOf, placedSide, reportedOf, sideOf } from "@landfall/domain/comparison/comparison.fixture";

const some = (total: number) => ({ total, items: [commitOf("a", "A")] });
const files = (total: number) => ({ total, items: [] });
const person = (email: string, base: number, head: number) => ({ person: { name: null, email, userId: null, isBot: false }, base, head });

test("counts what is on one side, on the other, and on both", () => {
  const comparison = comparisonOf({
    base: placedSide("web@1", "production"),
    head: sideOf("web@2"),
    reported: reportedOf({
      commits: { onlyBase: some(4), both: some(2), onlyHead: some(70) },
      files: { onlyBase: files(0), both: files(9), onlyHead: files(1200) },
      people: { total: 3, items: [person("ada", 3, 60), person("wim", 3, 0), person("bo", 0, 12)] },
    }),
  });
  expect(countBySide(comparison)).toEqual([
    { what: "Commits", base: 4, both: 2, head: 70 },
    { what: "People", base: 1, both: 1, head: 1 },
    { what: "Files", base: 0, both: 9, head: 1200 },
    { what: "Deploys", base: 1, both: null, head: 0 },
  ]);
});

test("omits contributors when the list is truncated", () => {
  const comparison = comparisonOf({ reported: reportedOf({ people: { total: 300, items: [person("ada", 1, 1)] } }) });
  expect(countBySide(comparison).map(({ what }) => what)).toEqual(["Commits", "Files", "Deploys"]);
});
