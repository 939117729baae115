import type { Store } from "@landfall/db/store";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProjectsByReference, type ProjectReference } from "./projects.ts";

describe.each(["sqlite", "pglite"] as const)("projects by whatever callers call them, in %s (contract 3.1, 3.5)", (kind) => {
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

  test("by slug, by id and by id in digits, in the order named", async () => {
    expect(await slugs("valve", "pump")).toEqual(["valve", "pump"]);
    expect(await slugs(pump, "valve")).toEqual(["pump", "valve"]);
    expect(await slugs(String(pump))).toEqual(["pump"]);
    expect(await slugs(`00${pump}`)).toEqual(["pump"]);
    expect(await slugs()).toEqual([]);
  });

  test("each once, however often and differently it is named", async () => {
    expect(await slugs("pump", pump, "valve", String(pump), "pump")).toEqual(["pump", "valve"]);
  });

  test("digits are a slug first", async () => {
    expect(await slugs("400", 400)).toEqual(["400"]);
  });

  test.each([null, "", "nope", "PUMP", " pump", "pump%", -1, 0, 1.5, "999999999", "99999999999999999999", Number.MAX_SAFE_INTEGER])(
    "%j is none of them",
    async (name) => {
      expect(await slugs("pump", name)).toEqual(["pump", undefined]);
    },
  );

  test("what only counts as the number of a project is none of them, even beside that project", async () => {
    for (const name of [`0x${pump.toString(16)}`, `${pump}e0`, `${pump}.0`, ` ${pump}`, `+${pump}`])
      expect(await slugs("pump", name)).toEqual(["pump", undefined]);
  });

  test("a project of another organization is none of them", async () => {
    expect(await slugs(foreign)).toEqual([undefined]);
  });
});
