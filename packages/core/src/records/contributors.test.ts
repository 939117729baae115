import type { Store } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { briefContributors } from "./contributors.ts";

describe.each(["sqlite", "pglite"] as const)("briefContributors in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let organizationId: number;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    ({ id: organizationId } = await given.organization("acme"));
    await given.user("wim@acme.test", { name: "Wim Wever", organization: "acme" });
  });
  afterEach(() => close());

  type NewAuthor = { readonly email: string; readonly name?: string; readonly mergedInto?: number };
  const authors = (...rows: readonly NewAuthor[]): Promise<CommitAuthorRow[]> =>
    store.transaction((tx) =>
      tx
        .insert(tx.tables.commitAuthors)
        .values(rows.map((row) => ({ ...row, organizationId })))
        .returning(),
    );
  const brief = async (rows: readonly CommitAuthorRow[]) => [...(await briefContributors(store.read, organizationId, rows)).values()];

  test("describes the member that has the address, else the author of the commits", async () => {
    await directRows(store).secondEmail("wim@acme.test", "w@home.test");
    const rows = await authors({ email: "w@home.test", name: "w" }, { email: "eva@acme.test", name: "Eva" }, { email: "none@acme.test" });
    expect(await brief(rows)).toEqual([
      { name: "Wim Wever", email: "wim@acme.test", userId: expect.any(String), isBot: false },
      { name: "Eva", email: "eva@acme.test", userId: null, isBot: false },
      { name: null, email: "none@acme.test", userId: null, isBot: false },
    ]);
  });

  test("marks bots by name or address, even if a member has the address", async () => {
    const rows = await authors({ email: "wim@acme.test", name: "renovate[bot]" }, { email: "1+dependabot[bot]@users.test" });
    expect((await brief(rows)).map(({ isBot }) => isBot)).toEqual([true, true]);
  });

  test("describes merged authors by the main address and any name that one of them has", async () => {
    const [main] = await authors({ email: "main@eva.test" });
    const others = await authors(
      { email: "old@eva.test", name: "Eva", mergedInto: main?.id ?? 0 },
      { email: "older@eva.test", name: "E.", mergedInto: main?.id ?? 0 },
    );
    const eva = { name: "Eva", email: "main@eva.test", userId: null, isBot: false };
    expect(await brief(others)).toEqual([eva, eva]);
    expect(await brief(main ? [main] : [])).toEqual([eva]);
  });

  test("describes merged authors as the member that has one of the addresses", async () => {
    const [main] = await authors({ email: "main@wim.test", name: "W" });
    const [own, third] = await authors(
      { email: "wim@acme.test", mergedInto: main?.id ?? 0 },
      { email: "third@wim.test", mergedInto: main?.id ?? 0 },
    );
    const names = (await brief([main, own, third].flatMap((row) => row ?? []))).map(({ name, email }) => `${name} ${email}`);
    expect(names).toEqual(Array.from({ length: 3 }, () => "Wim Wever wim@acme.test"));
  });

  test("runs three statements, and none without authors", async () => {
    const rows = await authors({ email: "wim@acme.test" }, ...Array.from({ length: 200 }, (_, n) => ({ email: `p${n}@acme.test` })));
    const counted = countedStore(store);
    await briefContributors(counted.store.read, organizationId, []);
    expect(counted.taken()).toBe(0);
    expect((await briefContributors(counted.store.read, organizationId, [...rows, ...rows])).size).toBe(201);
    expect(counted.taken()).toBe(3);
  });
});
