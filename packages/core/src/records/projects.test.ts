import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProjectsByReference, type ProjectReference } from "./projects.ts";

describe.each(["sqlite", "pglite"] as const)("findProjectsByReference in %s (contract 3.1, 3.5)", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let acme: number;
  let pump: number;
  let foreign: number;

  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    ({ id: acme } = await given.organization("acme"));
    await given.organization("globex");
    ({ id: pump } = await given.project("acme", "pump"));
    await given.project("acme", "valve");
    ({ id: foreign } = await given.project("globex", "pump"));
    await given.project("acme", "400");
  });
  afterAll(() => close());

  const slugs = async (...references: ProjectReference[]) =>
    (await findProjectsByReference(store.read, acme, references)).map((project) => project?.slug);

  test("finds projects by slug, id, and id as text, in the order of the references", async () => {
    expect(await slugs("valve", "pump")).toEqual(["valve", "pump"]);
    expect(await slugs(pump, "valve")).toEqual(["pump", "valve"]);
    expect(await slugs(String(pump))).toEqual(["pump"]);
    expect(await slugs(`00${pump}`)).toEqual(["pump"]);
    expect(await slugs()).toEqual([]);
  });

  test("returns each project once", async () => {
    expect(await slugs("pump", pump, "valve", String(pump), "pump")).toEqual(["pump", "valve"]);
  });

  test("prefers a slug of digits to an id", async () => {
    expect(await slugs("400", 400)).toEqual(["400"]);
  });

  test.each([null, "", "nope", "PUMP", " pump", "pump%", -1, 0, 1.5, "999999999", "99999999999999999999", Number.MAX_SAFE_INTEGER])(
    "%j refers to no project",
    async (name) => {
      expect(await slugs("pump", name)).toEqual(["pump", undefined]);
    },
  );

  test("accepts an id in decimal digits only", async () => {
    for (const name of [`0x${pump.toString(16)}`, `${pump}e0`, `${pump}.0`, ` ${pump}`, `+${pump}`])
      expect(await slugs("pump", name)).toEqual(["pump", undefined]);
  });

  test("does not find a project of another organization", async () => {
    expect(await slugs(foreign)).toEqual([undefined]);
  });
});
