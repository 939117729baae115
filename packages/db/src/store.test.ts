import { expectTypeOf, test } from "vitest";
import type { Reader, Store, Tx } from "./store.ts";

test("a Tx is a Reader, but a Reader is not a Tx", () => {
  expectTypeOf<Tx>().toExtend<Reader>();
  expectTypeOf<Reader>().not.toExtend<Tx>();
});

test("a Reader has no way to write", () => {
  expectTypeOf<Reader>().not.toHaveProperty("insert");
  expectTypeOf<Reader>().not.toHaveProperty("update");
  expectTypeOf<Reader>().not.toHaveProperty("delete");
  expectTypeOf<ReturnType<Reader["with"]>>().not.toHaveProperty("insert");
  expectTypeOf<Store["read"]>().toEqualTypeOf<Reader>();
});

test("neither has methods of only one dialect", () => {
  for (const name of ["run", "all", "get", "values", "query", "transaction", "execute"] as const) {
    expectTypeOf<Tx>().not.toHaveProperty(name);
  }
});
