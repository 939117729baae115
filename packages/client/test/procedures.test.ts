import type { AppRouter as ServerRouter } from "@landfall/api/app-router";
import { expectTypeOf, test } from "vitest";
import type { procedures } from "../scripts/described-procedures.ts";
import type { ErrorShape } from "../src/app-router.ts";
import type { Procedures } from "../src/generated/procedures.ts";

/** Whether two types are the same, including optional and read-only fields. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type State = Same<Procedures, typeof procedures> extends true ? "up to date" : "out of date, run: npm run client:generate";

test("the generated procedures are those of the server", () => {
  expectTypeOf<State>().toEqualTypeOf<"up to date">();
});

test("the error shape is that of the server", () => {
  type Sent = ServerRouter["_def"]["_config"]["$types"]["errorShape"];
  expectTypeOf<Sent>().toExtend<ErrorShape>();
  expectTypeOf<ErrorShape>().toExtend<Sent>();
});
