import * as fc from "fast-check";
import { expect, test } from "vitest";
import { idsBeyond, listId, type Source, SOURCES } from "./sources.ts";

const source = fc.constantFrom<Source>(...Object.values(SOURCES));
const id = fc.nat({ max: 1000 });

test("no two rows have one id in the list", () => {
  const ids = Object.values(SOURCES).flatMap((one) => Array.from({ length: 50 }, (_, n) => listId(one, n)));
  expect(new Set(ids).size).toBe(150);
});

test("the rows of a source beyond its key are those beyond the list's key, whatever row that is", () => {
  fc.assert(
    fc.property(source, id, source, id, fc.boolean(), (keySource, keyId, mine, row, backwards) => {
      const key = { value: 7, id: listId(keySource, keyId) };
      const own = idsBeyond({ key, backwards }, mine);
      expect(own.value).toBe(7);
      expect(Number.isInteger(own.id)).toBe(true);
      expect(backwards ? row > own.id : row < own.id).toBe(backwards ? listId(mine, row) > key.id : listId(mine, row) < key.id);
    }),
  );
});
