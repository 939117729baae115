import { describe, expect, it } from "vitest";
import { readId } from "./read-id.ts";

describe("readId", () => {
  it.each([
    ["1", 1],
    ["007", 7],
    ["2147483647", 2_147_483_647],
    ["2147483648", 0],
    ["9".repeat(40), 0],
    ["", 0],
    ["-1", 0],
    ["1.5", 0],
    ["1 ", 0],
    ["x", 0],
    ["١", 0],
  ])("reads %j as %j", (text, id) => {
    expect(readId(text)).toBe(id);
  });
});
