import type { ReleaseView } from "@landfall/schema/views/release";
import { describe, expectTypeOf, test } from "vitest";
import type { LandfallClient } from "./create-client.ts";
import type { Inputs, NewCommit, Outputs, Release } from "./procedure-types.ts";

describe("types", () => {
  test("inputs name the path and the body in one object", () => {
    expectTypeOf<Inputs["releases"]["get"]>().toExtend<{ organization: string; version: string }>();
    expectTypeOf<Inputs["releases"]["create"]["status"]>().toEqualTypeOf<"open" | "archived" | undefined>();
    expectTypeOf<Inputs["releases"]["delete"]>().toEqualTypeOf<{ organization: string; version: string }>();
  });

  test("outputs are the views", () => {
    expectTypeOf<Outputs["releases"]["get"]>().toEqualTypeOf<ReleaseView>();
    expectTypeOf<Outputs["releases"]["previousWithCommits"]>().toEqualTypeOf<ReleaseView | null>();
    expectTypeOf<Release>().toEqualTypeOf<ReleaseView>();
  });

  test("a commit needs only its sha, and dates may be dates", () => {
    expectTypeOf<{ id: string }>().toExtend<NewCommit>();
    expectTypeOf<{ id: string; timestamp: Date }>().toExtend<NewCommit>();
    expectTypeOf<{ message: string }>().not.toExtend<NewCommit>();
    expectTypeOf<{ id: string; patch_set: { path: string; type: "R" }[] }>().not.toExtend<NewCommit>();
  });

  test("the client has the operations and no others", () => {
    expectTypeOf<LandfallClient>().toHaveProperty("releases");
    expectTypeOf<LandfallClient["releases"]>().toHaveProperty("create");
    expectTypeOf<LandfallClient["releases"]>().not.toHaveProperty("explode");
    expectTypeOf<LandfallClient["releases"]["get"]>().toHaveProperty("query");
    expectTypeOf<LandfallClient["releases"]["get"]>().not.toHaveProperty("mutate");
    expectTypeOf<LandfallClient["releases"]["create"]>().not.toHaveProperty("query");
  });
});
