import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { directRows, writeRelease } from "@landfall/testing/rows/direct-rows";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { briefContributors } from "../../records/contributors.ts";
import { getRelease } from "../releases/get.ts";
import { getContributor } from "./get.ts";
import { listContributors } from "./list.ts";
import { mergeContributors, separateContributor } from "./merge.ts";

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite"] as const)("mergeContributors and separateContributor in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let acmeId: number;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    ({ id: acmeId } = await bench.given.organization("acme", { teams: ["all"], projects: { pump: "all" } }));
    await bench.given.organization("globex", { teams: ["all"], projects: { only: "all" } });
    await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
    await bench.given.user("wim@acme.test", { ...acme, name: "Wim" });
    await bench.given.user("fay@acme.test", { ...acme, name: "Fay" });
    await directRows(bench.app.store).secondEmail("wim@acme.test", "wim@home.test");
    owner = await as.person("owner@acme.test");
    const written = ["a", "b", "c", "d"].map((letter) => `${letter.toUpperCase()} <${letter}@x.test>`);
    await writeRelease(owner, { version: "1", projects: ["pump"] }, [...written, "Wim <wim@home.test>", "Fay <fay@acme.test>"]);
    await writeRelease(await as.ci("globex"), { organization: "globex", version: "1", projects: ["only"] }, ["M <m@x.test>"]);
  });
  afterEach(() => bench.close());

  const merge = (into: string, ...emails: string[]) => mergeContributors(owner, { ...acme, into, emails });
  const separate = (email: string) => separateContributor(owner, { ...acme, email });
  const listed = async () =>
    (await listContributors(owner, acme)).items.map(({ emails }) => emails.map((email) => email.replace(".test", "")).join(" "));
  const audit = async () => {
    const { read } = bench.app.store;
    const rows = await read.select().from(read.tables.auditLog).orderBy(asc(read.tables.auditLog.id));
    return rows.filter(({ action }) => action.startsWith("person.")).map(({ action, target, details }) => ({ action, target, details }));
  };
  const invalidAt = (...issues: [path: (string | number)[], message: string][]) =>
    expect.objectContaining({ code: "invalid", issues: issues.map(([path, message]) => ({ path, message })) });

  test("merged addresses are one contributor with one main address, in whatever order they were merged", async () => {
    expect(await merge("A@X.test", "b@x.test")).toEqual({
      name: "A",
      email: "a@x.test",
      userId: null,
      isBot: false,
      emails: ["a@x.test", "b@x.test"],
    });
    await merge("c@x.test", "d@x.test");
    expect(await merge("d@x.test", "b@x.test")).toMatchObject({ name: "C", emails: ["c@x.test", "a@x.test", "b@x.test", "d@x.test"] });
    expect(await listed()).toEqual(["c@x a@x b@x d@x", "fay@acme", "wim@acme wim@home"]);
    const { read } = bench.app.store;
    const rows = await read.select().from(read.tables.commitAuthors).orderBy(asc(read.tables.commitAuthors.id));
    const main = rows.find(({ email }) => email === "c@x.test");
    expect(rows.filter(({ mergedInto }) => mergedInto !== null).map(({ email, mergedInto }) => [email, mergedInto])).toEqual(
      ["a", "b", "d"].map((letter) => [`${letter}@x.test`, main?.id]),
    );
  });

  test("merging is recorded with the previous values, and merging again changes nothing", async () => {
    await merge("a@x.test", "b@x.test");
    await merge("a@x.test", "b@x.test", "a@x.test");
    await merge("c@x.test", "b@x.test");
    const facts = (email: string, into: string | null) => ({
      email: `${email}@x.test`,
      into: into && `${into}@x.test`,
      name: email.toUpperCase(),
    });
    expect(await audit()).toEqual([
      { action: "person.merge", target: "a@x.test", details: { before: [facts("b", null)], after: [facts("b", "a")] } },
      {
        action: "person.merge",
        target: "c@x.test",
        details: { before: [facts("a", null), facts("b", "a")], after: [facts("a", "c"), facts("b", "c")] },
      },
    ]);
  });

  test("addresses merged with a member belong to the member, who cannot sign in with them", async () => {
    expect(await merge("wim@acme.test", "a@x.test")).toMatchObject({ name: "Wim", emails: ["wim@acme.test", "a@x.test", "wim@home.test"] });
    expect(await merge("b@x.test", "wim@home.test")).toMatchObject({ name: "Wim", email: "wim@acme.test" });
    expect(await listed()).toEqual(["c@x", "d@x", "fay@acme", "wim@acme a@x b@x wim@home"]);
    const { read } = bench.app.store;
    expect((await read.select().from(read.tables.userEmails)).map(({ email }) => email)).toEqual([
      "owner@acme.test",
      "wim@acme.test",
      "fay@acme.test",
      "wim@home.test",
    ]);
  });

  test("pages show the merged contributor, the REST API the author in the commit", async () => {
    await merge("wim@acme.test", "a@x.test");
    await merge("c@x.test", "b@x.test");
    const { read } = bench.app.store;
    const rows = await read.select().from(read.tables.commitAuthors).orderBy(asc(read.tables.commitAuthors.id));
    const briefs = await briefContributors(read, acmeId, rows);
    const names = rows.filter(({ email }) => /^[abc]@/.test(email)).map(({ id, email }) => [email, briefs.get(id)?.name]);
    expect(names).toEqual([
      ["a@x.test", "Wim"],
      ["b@x.test", "C"],
      ["c@x.test", "C"],
    ]);
    const { authors } = await getRelease(owner, { ...acme, version: "1" });
    expect(authors.map(({ name }) => name)).toEqual(expect.arrayContaining(["A", "B", "C", "D", "Fay", "Wim"]));
  });

  test("two members cannot be merged, and unknown addresses are reported at their position", async () => {
    await expect(merge("wim@acme.test", "fay@acme.test")).rejects.toThrow(
      invalidAt([["emails", 0], "fay@acme.test and wim@acme.test belong to two members, who cannot be merged."]),
    );
    await merge("fay@acme.test", "a@x.test");
    await expect(merge("a@x.test", "b@x.test", "wim@home.test", "no@x.test")).rejects.toThrow(
      invalidAt(
        [["emails", 1], "wim@home.test and a@x.test belong to two members, who cannot be merged."],
        [["emails", 2], "No commit and no member of the organization has the address no@x.test."],
      ),
    );
    await expect(merge("m@x.test", "a@x.test")).rejects.toThrow(
      invalidAt([["into"], "No commit and no member of the organization has the address m@x.test."]),
    );
    expect(await listed()).toEqual(["b@x", "c@x", "d@x", "fay@acme a@x", "wim@acme wim@home"]);
    expect(await audit()).toHaveLength(1);
  });

  test.each([
    [{ emails: ["a@x.test"] }, "into"],
    [{ into: "a@x.test", emails: [] }, "emails"],
    [{ into: "a@x.test", emails: Array.from({ length: 201 }, () => "a@x.test") }, "emails"],
    [{ into: "a@x.test", emails: [3, "b\0"] }, "emails"],
    [{ into: "a@x.test", emails: "b@x.test" }, "emails"],
  ])("rejects %j", async (input, field) => {
    const call = mergeContributors.call(owner, acme, () => input);
    await expect(call).rejects.toMatchObject({ code: "invalid", issues: [{ path: expect.arrayContaining([field]) }] });
  });

  test("a separated address is a contributor of its own, and the others stay merged", async () => {
    await merge("a@x.test", "b@x.test", "c@x.test");
    expect(await separate("B@x.test")).toMatchObject({ name: "B", emails: ["b@x.test"] });
    expect(await listed()).toEqual(["a@x c@x", "b@x", "d@x", "fay@acme", "wim@acme wim@home"]);
    await merge("a@x.test", "b@x.test");
    expect(await separate("a@x.test")).toMatchObject({ name: "A", emails: ["a@x.test"] });
    expect(await listed()).toEqual(["a@x", "b@x c@x", "d@x", "fay@acme", "wim@acme wim@home"]);
    expect((await audit()).at(-1)).toEqual({
      action: "person.separate",
      target: "a@x.test",
      details: {
        before: [
          { email: "b@x.test", into: "a@x.test", name: "B" },
          { email: "c@x.test", into: "a@x.test", name: "C" },
        ],
        after: [
          { email: "b@x.test", into: null, name: "B" },
          { email: "c@x.test", into: "b@x.test", name: "C" },
        ],
      },
    });
  });

  test("separating an address that is not merged changes nothing", async () => {
    expect(await separate("d@x.test")).toMatchObject({ name: "D" });
    expect(await separate("owner@acme.test")).toMatchObject({ emails: ["owner@acme.test"] });
    expect(await audit()).toEqual([]);
  });

  test("addresses of one account cannot be separated", async () => {
    await writeRelease(owner, { version: "2", projects: ["pump"] }, ["Wim <wim@acme.test>"]);
    const rejected = invalidAt([
      ["email"],
      "wim@home.test is an address of the account of Wim. Remove it from the account to separate it.",
    ]);
    await expect(separate("wim@home.test")).rejects.toThrow(rejected);
    await merge("wim@acme.test", "wim@home.test");
    await expect(separate("wim@home.test")).rejects.toThrow(rejected);
    await merge("wim@home.test", "a@x.test");
    await expect(separate("wim@home.test")).rejects.toThrow(rejected);
    expect(await separate("a@x.test")).toMatchObject({ name: "A", emails: ["a@x.test"] });
    await expect(separate("no@x.test")).rejects.toThrow(
      invalidAt([["email"], "No commit and no member of the organization has the address no@x.test."]),
    );
  });

  test("separating an address of an account leaves the other merged addresses", async () => {
    await merge("wim@home.test", "a@x.test", "b@x.test");
    expect(await separate("wim@home.test")).toMatchObject({ name: "Wim", emails: ["wim@acme.test", "wim@home.test"] });
    expect(await listed()).toContain("a@x b@x");
  });

  test("a new member is the contributor that their address was merged into before", async () => {
    await merge("a@x.test", "b@x.test");
    await bench.given.user("b@x.test", { ...acme, name: "Bea" });
    expect(await getContributor(owner, { ...acme, email: "a@x.test" })).toMatchObject({ name: "Bea", emails: ["b@x.test", "a@x.test"] });
    expect(await listed()).toContain("b@x a@x");
  });
});
