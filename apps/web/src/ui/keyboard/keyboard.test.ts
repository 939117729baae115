import { expect, test } from "vitest";
import { onHistoryNavigation, rememberOpenedRow, takeOpenedRow } from "./keyboard.tsx";

const LIST = "https://landfall.test/releases?query=web";

test("returns the opened row of each list once after going back", () => {
  rememberOpenedRow(LIST, "release");
  rememberOpenedRow("https://landfall.test/releases/release", "commit");
  onHistoryNavigation();
  expect(takeOpenedRow("https://landfall.test/elsewhere")).toBeNull();
  expect(takeOpenedRow("https://landfall.test/releases/release")).toBe("commit");
  expect(takeOpenedRow(LIST)).toBeNull();
  onHistoryNavigation();
  expect(takeOpenedRow(LIST)).toBe("release");
});

test("returns no row after other navigation", () => {
  onHistoryNavigation();
  rememberOpenedRow(LIST, "two");
  expect(takeOpenedRow(LIST)).toBeNull();
});
