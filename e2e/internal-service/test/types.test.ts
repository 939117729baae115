import type { Inputs, LandfallClient, LandfallErrorCode, Outputs } from "@landfall/client";
import { describe, expectTypeOf, test } from "vitest";
import { type Recorded, recordShipment, type Shipment } from "../src/record-shipment.ts";

type Create = Parameters<LandfallClient["releases"]["create"]["mutate"]>[0];
type List = Parameters<LandfallClient["releases"]["list"]["query"]>[0];
type Known = { organization: string; version: string; projects: string[] };

describe("the compiler rejects", () => {
  test("invalid inputs", () => {
    expectTypeOf<Known>().toExtend<Create>();
    expectTypeOf<Known & { status: "archived" }>().toExtend<Create>();
    expectTypeOf<Known & { status: "deleted" }>().not.toExtend<Create>();
    expectTypeOf<Omit<Known, "organization">>().not.toExtend<Create>();
    expectTypeOf<Omit<Known, "projects">>().not.toExtend<Create>();
    expectTypeOf<Known & { dateReleased: number }>().not.toExtend<Create>();
    expectTypeOf<{ organization: string; sort: "semver" }>().toExtend<List>();
    expectTypeOf<{ organization: string; sort: "loudest" }>().not.toExtend<List>();
  });

  test("unknown operations, and mutations as queries", () => {
    expectTypeOf<keyof LandfallClient["deploys"]>().toEqualTypeOf<keyof Inputs["deploys"]>();
    expectTypeOf<LandfallClient["deploys"]>().not.toHaveProperty("explode");
    expectTypeOf<LandfallClient>().not.toHaveProperty("secrets");
    expectTypeOf<LandfallClient["deploys"]["create"]>().not.toHaveProperty("query");
    expectTypeOf<LandfallClient["deploys"]["list"]>().not.toHaveProperty("mutate");
  });
});

describe("the compiler infers", () => {
  test("the outputs of operations", () => {
    type Created = Awaited<ReturnType<LandfallClient["releases"]["create"]["mutate"]>>;
    expectTypeOf<Created["created"]>().toEqualTypeOf<boolean>();
    expectTypeOf<Created["release"]["commitCount"]>().toEqualTypeOf<number>();
    expectTypeOf<Created["release"]["dateReleased"]>().toEqualTypeOf<string | null>();
    expectTypeOf<Created["release"]["status"]>().toEqualTypeOf<"open" | "archived">();
    expectTypeOf<Created["release"]>().not.toHaveProperty("secret");
    expectTypeOf<Outputs["commits"]["ofRelease"]["items"][number]["id"]>().toEqualTypeOf<string>();
    expectTypeOf<Outputs["deploys"]["create"]["environment"]>().toEqualTypeOf<string>();
  });

  test("the inputs and outputs of the service", () => {
    expectTypeOf(recordShipment).parameter(1).toEqualTypeOf<Shipment>();
    expectTypeOf(recordShipment).returns.resolves.toEqualTypeOf<Recorded>();
  });

  test("all error codes", () => {
    expectTypeOf<"not_found">().toExtend<LandfallErrorCode>();
    expectTypeOf<"network">().toExtend<LandfallErrorCode>();
    expectTypeOf<"oops">().not.toExtend<LandfallErrorCode>();
  });
});
