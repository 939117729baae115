import type { Store } from "@landfall/db/store";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findOwner } from "./create.ts";

describe.each(["sqlite", "pglite"] as const)("findOwner in %s (contract 3.1)", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let acme: number;
  const ids = new Map<string, number>();

  beforeAll(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    ({ id: acme } = await given.organization("acme"));
    await given.organization("globex");
    for (const name of ["ada@example.com", "gone@example.com"]) ids.set(name, (await given.user(name, { organization: "acme" })).id);
    ids.set("eve@globex.test", (await given.user("eve@globex.test", { organization: "globex" })).id);
    await directRows(store).secondEmail("ada@example.com", "ada@home.test");
    await directRows(store).deactivate("gone@example.com");
  });
  afterAll(() => close());

  const find = (owner: string | number | null | undefined) => findOwner(store.read, acme, owner);

  test.each([undefined, ""])("returns null for %j (contract 19)", async (owner) => {
    expect(await find(owner)).toBeNull();
  });

  test.each(["ada@example.com", "ADA@Example.com", "ada@home.test"])("finds a member by %s", async (owner) => {
    expect(await find(owner)).toBe(ids.get("ada@example.com"));
  });

  test("finds a member by id, as a number and as digits", async () => {
    const id = ids.get("ada@example.com") ?? 0;
    expect([await find(id), await find(String(id))]).toEqual([id, id]);
  });

  test.each([null, "nobody", "gone@example.com", "ada", 0, -1, 9_007_199_254_740_991, "99999999999999999999", "1e0", "%", " "])(
    "rejects the unknown owner %j",
    async (owner) => {
      await expect(find(owner)).rejects.toMatchObject({ code: "invalid", issues: [{ path: ["owner"], message: "Unable to find user" }] });
    },
  );

  test("rejects a user of another organization, with another message on the wire", async () => {
    const issue = (message: string) => ({ code: "invalid", issues: [{ path: ["owner"], message }] });
    for (const owner of ["eve@globex.test", ids.get("eve@globex.test")]) {
      await expect(find(owner)).rejects.toMatchObject({
        ...issue("Unable to find user"),
        restError: issue("User does not have access to this organization"),
      });
    }
  });
});
