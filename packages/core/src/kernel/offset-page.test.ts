import type { Page } from "@landfall/schema/page";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AppError, isAppError } from "./app-error.ts";
import { offsetPage, type OffsetWindow, offsetWindow } from "./offset-page.ts";
import type { PageRequest } from "./page-request.ts";

/** Returns a page of `rows` as a statement with limit and offset would. */
function pageOf(rows: readonly number[], request: PageRequest): Page<number> {
  const window = offsetWindow(request);
  return offsetPage(window, rows.slice(window.offset, window.offset + window.limit));
}

function windowOrRefusal(request: PageRequest): OffsetWindow | AppError {
  try {
    return offsetWindow(request);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe("offset pages", () => {
  it("match the example of the contract: five rows, two per page (15.5)", () => {
    const rows = numbers(5);
    expect(pageOf(rows, { per_page: "2" })).toEqual({
      items: [0, 1],
      previous: { cursor: "2:-1:1", hasResults: false },
      next: { cursor: "2:1:0", hasResults: true },
    });
    expect(pageOf(rows, { per_page: "2", cursor: "2:1:0" })).toEqual({
      items: [2, 3],
      previous: { cursor: "2:0:1", hasResults: true },
      next: { cursor: "2:2:0", hasResults: true },
    });
    expect(pageOf(rows, { per_page: "2", cursor: "2:2:0" })).toEqual({
      items: [4],
      previous: { cursor: "2:1:1", hasResults: true },
      next: { cursor: "2:3:0", hasResults: false },
    });
  });

  it("have 100 rows by default", () => {
    expect(pageOf(numbers(101), {})).toEqual({
      items: numbers(100),
      previous: { cursor: "100:-1:1", hasResults: false },
      next: { cursor: "100:1:0", hasResults: true },
    });
  });

  it("are empty past the end, with a previous page", () => {
    expect(pageOf(numbers(3), { cursor: "100:7:0" })).toEqual({
      items: [],
      previous: { cursor: "100:6:1", hasResults: true },
      next: { cursor: "100:8:0", hasResults: false },
    });
  });

  it("start at the first page for an empty cursor, as sentry-cli sends it", () => {
    expect(pageOf(numbers(3), { cursor: "" })).toEqual(pageOf(numbers(3), {}));
  });

  it("start at the first page for a cursor of size 0 (19)", () => {
    expect(pageOf(numbers(5), { per_page: "2", cursor: "0:1:0" })).toEqual(pageOf(numbers(5), { per_page: "2" }));
  });

  it("return the end of the cursor's window if per_page differs (15.4)", () => {
    expect(pageOf(numbers(10), { per_page: "1", cursor: "4:1:0" }).items).toEqual([7]);
    expect(pageOf(numbers(10), { per_page: "4", cursor: "2:1:0" }).items).toEqual([2, 3, 4]);
  });

  it("accept numbers and white space around digits, as Python does", () => {
    expect(pageOf(numbers(5), { per_page: 2 }).items).toEqual([0, 1]);
    expect(pageOf(numbers(5), { per_page: " 2 " }).items).toEqual([0, 1]);
  });

  it.each([
    "999999999999999999999:1:0",
    "1:2",
    "1:2:3:4",
    "a:0:0",
    "1:b:0",
    "1:0:c",
    "::",
    "1.5:0:0",
    "0x1:0:0",
    "100:1:0\0",
    " ",
    "101:0:0",
    "-1:-1:0",
  ])("refuse the cursor %j", (cursor) => {
    expect(() => offsetWindow({ cursor })).toThrow(
      expect.objectContaining({ code: "invalid", message: "Invalid cursor parameter.", issues: [] }),
    );
  });

  it.each(["100:-1:1", "100:-5:0", "-100:1:0"])("refuse the cursor %j, which is before the first page", (cursor) => {
    expect(() => offsetWindow({ cursor })).toThrow(
      expect.objectContaining({ code: "invalid", message: "Pagination offset cannot be negative" }),
    );
  });

  it.each(["0", "-1", "", " ", "two", "1.5", "1e2", "99999999999999999999999999999999999", Number.NaN, 0, 1.5])(
    "refuse per_page %j",
    (per_page) => {
      expect(() => offsetWindow({ per_page })).toThrow(
        expect.objectContaining({ code: "invalid", message: "Invalid per_page parameter." }),
      );
    },
  );

  it.each(["101", "99999999999999999999"])("refuse per_page %j, which exceeds the limit", (per_page) => {
    expect(() => offsetWindow({ per_page })).toThrow(expect.objectContaining({ message: "Invalid per_page value. Cannot exceed 100." }));
  });

  it("can have more rows if the list allows it", () => {
    const limits = { usual: 1000, most: 1000 };
    expect(offsetWindow({}, limits)).toEqual({ limit: 1001, offset: 0, size: 1000, page: 0 });
    expect(() => offsetWindow({ per_page: "1001" }, limits)).toThrow("Invalid per_page value. Cannot exceed 1000.");
  });

  it("never read more than a page and one row, from a valid offset", () => {
    const request = fc.record({
      per_page: fc.option(fc.oneof(fc.string(), fc.integer().map(String)), { nil: undefined }),
      cursor: fc.option(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.nat(2)).map((parts) => parts.join(":")),
        ),
        {
          nil: undefined,
        },
      ),
    });
    fc.assert(
      fc.property(request, (asked) => {
        const window = windowOrRefusal(asked);
        const { limit, offset } = isAppError(window) ? offsetWindow({}) : window;
        expect(limit > 1 && limit <= 101 && Number.isSafeInteger(offset) && offset >= 0).toBe(true);
      }),
    );
  });

  it("return every row exactly once, forward and backward", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 1, max: 7 }), (length, size) => {
        const rows = numbers(length);
        const forward: number[][] = [];
        let page = pageOf(rows, { per_page: size });
        forward.push(page.items);
        while (page.next?.hasResults) {
          page = pageOf(rows, { per_page: size, cursor: page.next.cursor });
          forward.push(page.items);
        }
        expect(forward.flat()).toEqual(rows);
        const back: number[][] = [page.items];
        while (page.previous?.hasResults) {
          page = pageOf(rows, { per_page: size, cursor: page.previous.cursor });
          back.unshift(page.items);
        }
        expect(back).toEqual(forward);
      }),
    );
  });
});
