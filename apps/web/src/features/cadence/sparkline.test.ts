import { expect, test } from "vitest";
import { describeCounts } from "./sparkline.tsx";

test("describes the total, and that it may be higher", () => {
  expect(describeCounts([0, 1, 0], 200)).toBe("1 release in the last 3 weeks, 0 of them this week");
  expect(describeCounts([4, 1000, 3], 2000)).toBe("1,007 releases in the last 3 weeks, 3 of them this week");
  expect(describeCounts([200, 3], 200)).toBe("At least 203 releases in the last 2 weeks, 3 of them this week");
});
