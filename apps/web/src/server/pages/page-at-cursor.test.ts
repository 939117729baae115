import { AppError } from "@landfall/core/kernel/app-error";
import { expect, test, vi } from "vitest";
import { pageAt } from "./page-at-cursor.ts";

const read = vi.fn(async ({ cursor }: { readonly cursor?: string }) => {
  if (cursor === "bug") throw new TypeError("a bug");
  if (cursor === "closed") throw new AppError("forbidden", "No.");
  if (cursor === "odd") throw new AppError("invalid", "Invalid cursor.");
  return cursor ?? "first";
});

test.each([
  [null, "first", 1],
  ["50:1:0", "50:1:0", 1],
  ["odd", "first", 2],
])("reads the page at %j: %s, with %d reads", async (cursor, page, reads) => {
  read.mockClear();
  expect(await pageAt(cursor, read)).toBe(page);
  expect(read).toHaveBeenCalledTimes(reads);
});

test("throws other failures and bugs", async () => {
  await expect(pageAt("closed", read)).rejects.toThrow("No.");
  await expect(pageAt("bug", read)).rejects.toThrow("a bug");
  const alwaysInvalid = () => Promise.reject(new AppError("invalid", "no"));
  await expect(pageAt(null, alwaysInvalid)).rejects.toMatchObject({ code: "invalid" });
  await expect(pageAt("odd", alwaysInvalid)).rejects.toMatchObject({ code: "invalid" });
});
