import type { Page } from "@landfall/schema/views/page";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keysetWindow, type KeysetWindow, type SortKey } from "../pagination/keyset-page.ts";
import { scannedPage } from "./scanned-page.ts";

type Row = SortKey & { readonly passes: boolean };

const keyOf = ({ value, id }: Row): SortKey => ({ value, id });
const compare = (a: SortKey, b: SortKey) => a.value - b.value || a.id - b.id;
/** Somebody who turns this many pages of a list of a hundred rows goes round in circles. */
const ENDLESS = 250;

/** A page of `list`, which is sorted downwards, when no more than `scanned` rows are looked at. */
function pageOf(list: readonly Row[], scanned: number, request: { per_page: number; cursor?: string }): Promise<Page<Row>> {
  const window: KeysetWindow = keysetWindow(request, "descending");
  const beyond = list.filter((row) => (window.backwards ? compare(row, window.key) > 0 : compare(row, window.key) < 0));
  const looked = (window.backwards ? beyond.toReversed() : beyond).slice(0, scanned);
  const rows = looked.filter((row) => row.passes).slice(0, window.limit);
  const edge = looked.length === scanned ? (looked.at(-1) ?? null) : null;
  return scannedPage(window, rows, keyOf, () => Promise.resolve(edge));
}

async function walk(list: readonly Row[], scanned: number, size: number, from?: Page<Row>): Promise<{ pages: Row[][]; last: Page<Row> }> {
  const way = from ? "previous" : "next";
  let page = from ?? (await pageOf(list, scanned, { per_page: size }));
  const pages = [page.items];
  while (page[way]?.hasResults) {
    if (pages.length > ENDLESS) throw new Error("the pages do not end");
    page = await pageOf(list, scanned, { per_page: size, cursor: page[way].cursor });
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
  it("leads to every row once, forwards and back again, however few rows a page looks at", async () => {
    await fc.assert(
      fc.asyncProperty(lists, sizes.scanned, sizes.size, async (list, scanned, size) => {
        const wanted = list.filter((row) => row.passes);
        const there = await walk(list, scanned, size);
        expect(there.pages.flat()).toEqual(wanted);
        const back = await walk(list, scanned, size, there.last);
        expect(back.pages.toReversed().flat()).toEqual(wanted);
      }),
    );
  });

  const rows = [5, 4, 3, 2, 1].map((id): Row => ({ value: 10, id, passes: id === 1 }));

  it("is empty and goes on where nothing that was looked at passes", async () => {
    expect(await pageOf(rows, 2, { per_page: 3 })).toEqual({
      items: [],
      previous: { cursor: "0:0:1", hasResults: false },
      next: { cursor: "10:4:0", hasResults: true },
    });
    expect(await pageOf(rows, 2, { per_page: 3, cursor: "10:2:0" })).toMatchObject({ items: [{ id: 1 }], next: { hasResults: false } });
  });

  it("meets the row of its cursor again on the way back from an empty page", async () => {
    const page = await pageOf(rows, 2, { per_page: 3, cursor: "10:1:1" });
    expect(page).toMatchObject({ items: [], previous: { cursor: "10:3:1", hasResults: true }, next: { hasResults: true } });
    expect(await pageOf(rows, 2, { per_page: 3, cursor: page.next?.cursor ?? "" })).toMatchObject({ items: [{ id: 1 }] });
  });

  it("does not ask for the edge when the page is full", async () => {
    const window = keysetWindow({ per_page: 2 }, "descending");
    const page = await scannedPage(window, rows.slice(0, 3), keyOf, () => Promise.reject(new Error("asked")));
    expect(page).toMatchObject({ items: [{ id: 5 }, { id: 4 }], next: { cursor: "10:4:0", hasResults: true } });
  });
});
