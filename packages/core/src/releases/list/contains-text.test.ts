import { fixtures } from "@landfall/testing/fixtures";
import { openTestStore } from "@landfall/testing/open-test-store";
import type { TestStore } from "@landfall/testing/test-store";
import { asc } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { containsText } from "./contains-text.ts";

const NAMES = ["Alpha", "a%c", "a_c", "a\\c", "abc", "50% off", "🚀 go", "Größe-Ä"];

describe.each(["sqlite", "pglite"] as const)("text contained in a column of %s", (kind) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await openTestStore(kind);
    const given = fixtures(opened.store);
    await given.organization("acme");
    for (const [index, name] of NAMES.entries()) await given.project("acme", `p${index}`, { name });
  });
  afterAll(() => opened.close());

  test.each([
    ["", NAMES],
    ["ALPHA", ["Alpha"]],
    ["pha", ["Alpha"]],
    ["%", ["a%c", "50% off"]],
    ["a%c", ["a%c"]],
    ["_", ["a_c"]],
    ["\\", ["a\\c"]],
    ["b", ["abc"]],
    ["🚀", ["🚀 go"]],
    ["Größe-Ä", ["Größe-Ä"]],
    ["GRößE-Ä", ["Größe-Ä"]],
    ["gröSSE", []],
    ["größe-ä", []],
    ["x", []],
    ["a".repeat(1000), []],
    ["%".repeat(60_000), []],
  ])("%# is found where it stands, and means itself", async (text, found) => {
    const { read } = opened.store;
    const { projects } = read.tables;
    const rows = await read
      .select({ name: projects.name })
      .from(projects)
      .where(containsText(projects.name, text))
      .orderBy(asc(projects.id));
    expect(rows.map((row) => row.name)).toEqual(found);
  });
});
