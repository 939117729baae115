import type { Page } from "@landfall/schema/page";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keysetPage, type KeysetWindow, keysetWindow, scannedPage, type SortKey, type SortOrder } from "./keyset-page.ts";
import type { PageRequest } from "./page-request.ts";

describe("keyset page", () => {
  const compare = (left: SortKey, right: SortKey) => left.value - right.value || left.id - right.id;

  /** Returns a page of `rows` as a statement with `seek` would. */
  function pageOf(rows: readonly SortKey[], order: SortOrder, request: PageRequest): Page<SortKey> {
    const window = keysetWindow(request, order);
    const sign = (order === "ascending") !== window.backwards ? 1 : -1;
    const beyond = rows.filter((row) => sign * compare(row, window.key) > 0).toSorted((left, right) => sign * compare(left, right));
    return keysetPage(window, beyond.slice(0, window.limit), (row) => row);
  }

  const at = (value: number, id: number): SortKey => ({ value, id });
  const rows = [at(30, 1), at(20, 5), at(20, 4), at(20, 2), at(10, 3)];

  describe("keyset pages", () => {
    it("continue after the last row, and before the first row, by value and id", () => {
      expect(pageOf(rows, "descending", { per_page: 2 })).toEqual({
        items: [at(30, 1), at(20, 5)],
        previous: { cursor: "0:0:1", hasResults: false },
        next: { cursor: "20:5:0", hasResults: true },
      });
      expect(pageOf(rows, "descending", { per_page: 2, cursor: "20:5:0" })).toEqual({
        items: [at(20, 4), at(20, 2)],
        previous: { cursor: "20:4:1", hasResults: true },
        next: { cursor: "20:2:0", hasResults: true },
      });
      expect(pageOf(rows, "descending", { per_page: 2, cursor: "20:2:0" })).toEqual({
        items: [at(10, 3)],
        previous: { cursor: "10:3:1", hasResults: true },
        next: { cursor: "10:3:0", hasResults: false },
      });
      expect(pageOf(rows, "descending", { per_page: 2, cursor: "10:3:1" })).toEqual({
        items: [at(20, 4), at(20, 2)],
        previous: { cursor: "20:4:1", hasResults: true },
        next: { cursor: "20:2:0", hasResults: true },
      });
    });

    it("stay the same when rows are added in front", () => {
      const { next } = pageOf(rows, "descending", { per_page: 2 });
      const grown = [at(99, 9), at(40, 8), ...rows];
      expect(pageOf(grown, "descending", { per_page: 2, cursor: next?.cursor }).items).toEqual([at(20, 4), at(20, 2)]);
    });

    it("start at the first page for an empty cursor and for the cursor before the first page", () => {
      const first = pageOf(rows, "descending", { per_page: 2 });
      expect(pageOf(rows, "descending", { per_page: 2, cursor: "" })).toEqual(first);
      expect(pageOf(rows, "descending", { per_page: 2, cursor: "0:0:1" })).toEqual(first);
    });

    it("are empty for an empty list", () => {
      const empty = { items: [], previous: { cursor: "0:0:1", hasResults: false }, next: { cursor: "0:0:0", hasResults: false } };
      expect(pageOf([], "descending", {})).toEqual(empty);
      expect(pageOf([], "ascending", {})).toEqual(empty);
    });

    it.each(["descending", "ascending"] as const)("lead back from an empty page to the row before it (%s)", (order) => {
      const last = order === "descending" ? at(10, 3) : at(30, 1);
      const empty = pageOf(rows, order, { per_page: 2, cursor: `${last.value}:${last.id}:0` });
      expect(empty).toMatchObject({ items: [], next: { hasResults: false }, previous: { hasResults: true } });
      expect(pageOf(rows, order, { per_page: 2, cursor: empty.previous?.cursor }).items.at(-1)).toEqual(last);
    });

    it("lead to the first page if nothing is left before them", () => {
      const empty = pageOf(rows, "descending", { per_page: 2, cursor: "30:1:1" });
      expect(empty).toMatchObject({ items: [], previous: { hasResults: false }, next: { hasResults: true } });
      expect(pageOf(rows, "descending", { per_page: 2, cursor: empty.next?.cursor }).items).toEqual([at(30, 1), at(20, 5)]);
    });

    it.each(["x:0:0", "1:2", "1:2:3:4", ":1:0"])("refuse the cursor %j", (cursor) => {
      expect(() => keysetWindow({ cursor }, "descending")).toThrow(
        expect.objectContaining({ code: "invalid", message: "Invalid cursor parameter." }),
      );
    });

    it("refuse an invalid per_page as other lists do", () => {
      expect(() => keysetWindow({ per_page: "0" }, "ascending")).toThrow("Invalid per_page parameter.");
      expect(() => keysetWindow({ per_page: "101" }, "ascending")).toThrow("Invalid per_page value. Cannot exceed 100.");
    });

    it.each(["999999999999999999999999:1:0", "-99999999999999999999:-1:1"])(
      "have a date that both databases can store for %j",
      (cursor) => {
        const { key } = keysetWindow({ cursor }, "descending");
        const year = new Date(key.value).getUTCFullYear();
        expect(year).toBeGreaterThanOrEqual(1);
        expect(year).toBeLessThanOrEqual(9999);
      },
    );

    it("return every row exactly once, forward and backward", () => {
      const anyRows = fc.uniqueArray(fc.record({ value: fc.integer({ min: -2, max: 5 }), id: fc.integer({ min: 1, max: 60 }) }), {
        maxLength: 40,
        selector: (row) => row.id,
      });
      fc.assert(
        fc.property(anyRows, fc.integer({ min: 1, max: 6 }), fc.constantFrom<SortOrder>("ascending", "descending"), (list, size, order) => {
          const sign = order === "ascending" ? 1 : -1;
          const forward: SortKey[][] = [];
          let page = pageOf(list, order, { per_page: size });
          forward.push(page.items);
          while (page.next?.hasResults) {
            page = pageOf(list, order, { per_page: size, cursor: page.next.cursor });
            forward.push(page.items);
          }
          expect(forward.flat()).toEqual(list.toSorted((left, right) => sign * compare(left, right)));
          const back: SortKey[] = [...page.items];
          while (page.previous?.hasResults) {
            page = pageOf(list, order, { per_page: size, cursor: page.previous.cursor });
            back.unshift(...page.items);
          }
          expect(back).toEqual(forward.flat());
        }),
      );
    });
  });
});

describe("scanned page", () => {
  type Row = SortKey & { readonly passes: boolean };

  const keyOf = ({ value, id }: Row): SortKey => ({ value, id });
  const compare = (a: SortKey, b: SortKey) => a.value - b.value || a.id - b.id;

  /** More pages than a list of a hundred rows can have. */
  const ENDLESS = 250;

  /** Returns a page of `list`, which is sorted in descending order, if at most `scanned` rows are read. */
  function pageOf(list: readonly Row[], scanned: number, request: { per_page: number; cursor?: string }): Promise<Page<Row>> {
    const window: KeysetWindow = keysetWindow(request, "descending");
    const beyond = list.filter((row) => (window.backwards ? compare(row, window.key) > 0 : compare(row, window.key) < 0));
    const scannedRows = (window.backwards ? beyond.toReversed() : beyond).slice(0, scanned);
    const rows = scannedRows.filter((row) => row.passes).slice(0, window.limit);
    const edge = scannedRows.length === scanned ? (scannedRows.at(-1) ?? null) : null;
    return scannedPage(window, rows, keyOf, () => Promise.resolve(edge));
  }

  async function walk(list: readonly Row[], scanned: number, size: number, from?: Page<Row>): Promise<{ pages: Row[][]; last: Page<Row> }> {
    const direction = from ? "previous" : "next";
    let page = from ?? (await pageOf(list, scanned, { per_page: size }));
    const pages = [page.items];
    while (page[direction]?.hasResults) {
      if (pages.length > ENDLESS) throw new Error("the pages do not end");
      page = await pageOf(list, scanned, { per_page: size, cursor: page[direction].cursor });
      pages.push(page.items);
    }
    return { pages, last: page };
  }

  const lists = fc
    .uniqueArray(fc.record({ value: fc.integer({ min: 1, max: 30 }), id: fc.integer({ min: 1, max: 200 }), passes: fc.boolean() }), {
      selector: ({ id }) => id,
      maxLength: 100,
    })
    .map((rows) => rows.toSorted((a, b) => compare(b, a)));
  const sizes = { scanned: fc.integer({ min: 1, max: 20 }), size: fc.integer({ min: 1, max: 10 }) };

  describe("scannedPage", () => {
    it("returns every row once, forward and backward, for any number of scanned rows", async () => {
      await fc.assert(
        fc.asyncProperty(lists, sizes.scanned, sizes.size, async (list, scanned, size) => {
          const passing = list.filter((row) => row.passes);
          const there = await walk(list, scanned, size);
          expect(there.pages.flat()).toEqual(passing);
          const back = await walk(list, scanned, size, there.last);
          expect(back.pages.toReversed().flat()).toEqual(passing);
        }),
      );
    });

    const rows = [5, 4, 3, 2, 1].map((id): Row => ({ value: 10, id, passes: id === 1 }));

    it("is empty with a next page if no scanned row passes", async () => {
      expect(await pageOf(rows, 2, { per_page: 3 })).toEqual({
        items: [],
        previous: { cursor: "0:0:1", hasResults: false },
        next: { cursor: "10:4:0", hasResults: true },
      });
      expect(await pageOf(rows, 2, { per_page: 3, cursor: "10:2:0" })).toMatchObject({ items: [{ id: 1 }], next: { hasResults: false } });
    });

    it("includes the row of its cursor on the way back from an empty page", async () => {
      const page = await pageOf(rows, 2, { per_page: 3, cursor: "10:1:1" });
      expect(page).toMatchObject({ items: [], previous: { cursor: "10:3:1", hasResults: true }, next: { hasResults: true } });
      expect(await pageOf(rows, 2, { per_page: 3, cursor: page.next?.cursor ?? "" })).toMatchObject({ items: [{ id: 1 }] });
    });

    it("does not read the edge if the page is full", async () => {
      const window = keysetWindow({ per_page: 2 }, "descending");
      const page = await scannedPage(window, rows.slice(0, 3), keyOf, () => Promise.reject(new Error("asked")));
      expect(page).toMatchObject({ items: [{ id: 5 }, { id: 4 }], next: { cursor: "10:4:0", hasResults: true } });
    });
  });
});
