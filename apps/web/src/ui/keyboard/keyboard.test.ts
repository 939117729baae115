import { expect, test } from "vitest";
import { onHistoryNavigation, rememberOpenedRow, takeOpenedRow } from "./keyboard.tsx";

const LIST = "https://landfall.test/releases?query=web";

test("whoever goes back is told once which row they opened, list by list", () => {
  rememberOpenedRow(LIST, "release");
  rememberOpenedRow("https://landfall.test/releases/release", "commit");
  onHistoryNavigation();
  expect(takeOpenedRow("https://landfall.test/elsewhere")).toBeNull();
  expect(takeOpenedRow("https://landfall.test/releases/release")).toBe("commit");
  expect(takeOpenedRow(LIST)).toBeNull();
  onHistoryNavigation();
  expect(takeOpenedRow(LIST)).toBe("release");
});

test("whoever comes to a list another way begins at its top", () => {
  onHistoryNavigation();
  rememberOpenedRow(LIST, "two");
  expect(takeOpenedRow(LIST)).toBeNull();
});
