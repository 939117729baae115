import { AppError } from "@landfall/core/app-error";
import { expect, test, vi } from "vitest";
import { atCursor } from "./at-cursor.ts";

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
