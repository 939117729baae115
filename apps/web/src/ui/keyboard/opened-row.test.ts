import { expect, test } from "vitest";
import { goneBack, keepOpened, takeOpened } from "./opened-row.ts";

const LIST = "https://landfall.test/releases?query=web";

test("whoever goes back is told once which row they opened, list by list", () => {
  keepOpened(LIST, "release");
  keepOpened("https://landfall.test/releases/release", "commit");
  goneBack();
  expect(takeOpened("https://landfall.test/elsewhere")).toBeNull();
  expect(takeOpened("https://landfall.test/releases/release")).toBe("commit");
  expect(takeOpened(LIST)).toBeNull();
  goneBack();
  expect(takeOpened(LIST)).toBe("release");
});

test("whoever comes to a list another way begins at its top", () => {
  goneBack();
  keepOpened(LIST, "two");
  expect(takeOpened(LIST)).toBeNull();
});
