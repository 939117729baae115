import { expectTypeOf, test } from "vitest";
import type { Reader, Store, Tx } from "./store.ts";

test("a Tx will do where a Reader is asked for, but a Reader not where a Tx is", () => {
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

test("neither has what only one dialect can do", () => {
  for (const name of ["run", "all", "get", "values", "query", "transaction", "execute"] as const) {
    expectTypeOf<Tx>().not.toHaveProperty(name);
  }
});
