import { AppError } from "@landfall/core/app-error";
import { expect, test } from "vitest";
import { pageAt } from "./page-at.ts";

const read = async ({ cursor }: { readonly cursor?: string }) => {
  if (cursor === "bug") throw new TypeError("a bug");
  if (cursor === "closed") throw new AppError("forbidden", "No.");
  if (cursor === "odd") throw new AppError("invalid", "Invalid cursor.");
  return cursor ?? "first";
};

test.each([
  [null, "first"],
  ["50:1:0", "50:1:0"],
  ["odd", "first"],
])("the page at %j is %s", async (cursor, page) => {
  expect(await pageAt(cursor, read)).toBe(page);
});

test("other refusals and bugs are thrown", async () => {
  await expect(pageAt("closed", read)).rejects.toThrow("No.");
  await expect(pageAt("bug", read)).rejects.toThrow("a bug");
});
