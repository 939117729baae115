import { AppError } from "@landfall/core/kernel/app-error";
import { expect, test, vi } from "vitest";
import { atCursor, pageAt } from "./page-at-cursor.ts";

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

const refuse = (code: "invalid" | "not_found") => (cursor: string | undefined) =>
  cursor === undefined ? Promise.resolve("first") : Promise.reject(new AppError(code, "no"));

test("reads the page that is asked for, once", async () => {
  const read = vi.fn<(cursor: string | undefined) => Promise<string>>(async (cursor) => `page ${cursor}`);
  expect([await atCursor("1:2:0", read), await atCursor(null, read)]).toEqual(["page 1:2:0", "page undefined"]);
  expect(read).toHaveBeenCalledTimes(2);
});

test("what is no page of the list leads to its first one", async () => {
  expect(await atCursor("x", refuse("invalid"))).toBe("first");
});

test("what is wrong otherwise stays wrong", async () => {
  await expect(atCursor("x", refuse("not_found"))).rejects.toMatchObject({ code: "not_found" });
  await expect(atCursor(null, () => Promise.reject(new AppError("invalid", "no")))).rejects.toMatchObject({ code: "invalid" });
});
