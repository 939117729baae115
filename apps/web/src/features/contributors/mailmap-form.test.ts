import { expect, test } from "vitest";
import { describeMailmap } from "./mailmap-form.tsx";

test.each([
  [0, 0, false, "No changes: the names are already correct, or no commit uses these addresses."],
  [1, 0, false, "1 address would be merged."],
  [1, 1, true, "1 address was merged, 1 name was corrected."],
  [1200, 3, false, "1,200 addresses would be merged, 3 names would be corrected."],
  [0, 2, true, "2 names were corrected."],
])("%i merged, %i renamed, imported: %s", (merged, renamed, isImported, expected) => {
  expect(describeMailmap({ merged, renamed }, isImported)).toBe(expected);
});
