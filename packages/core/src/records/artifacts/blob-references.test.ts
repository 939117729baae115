import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { blobReferences } from "./blob-references.ts";

test("contains every column that refers to a blob", async () => {
  const { store, close } = await openTestStore("sqlite");
  try {
    const { tables } = store.read;
    const withBlob = Object.values(tables).filter((table) => "blobId" in getTableColumns(table));
    expect(new Set(blobReferences(store.read).map(({ table }) => table))).toEqual(new Set(withBlob));
    expect(withBlob).toHaveLength(4);
  } finally {
    await close();
  }
});
