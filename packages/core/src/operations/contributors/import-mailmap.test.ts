import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { writeRelease } from "@landfall/testing/rows/direct-rows";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { getContributor } from "./get.ts";
import { importMailmap } from "./import-mailmap.ts";
import { listContributors } from "./list.ts";
import { separateContributor } from "./merge.ts";

const acme = { organization: "acme" };

const MAILMAP = `# Who is whom at Acme
Ada Lovelace <ada@acme.test> <ada@old.test>
Ada Lovelace <ada@acme.test> A <a@x.test>   # from home
<wim@acme.test> <w@x.test>
Fay <fay@acme.test> <wim@acme.test>
Zoë <zoe@x.test>
Nobody <nobody@x.test> <no@x.test>
what is this
`;

describe.each(["sqlite", "pglite"] as const)("importMailmap in %s", (kind) => {
  let bench: TestApp;
  let owner: Context;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    const as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { teams: ["all"], projects: { pump: "all" } });
    await bench.given.organization("globex", { teams: ["all"], projects: { only: "all" } });
    for (const [email, name] of [
      ["owner", "Owner"],
      ["wim", "Wim"],
      ["fay", "Fay"],
    ] as const)
      await bench.given.user(`${email}@acme.test`, { ...acme, name, role: "owner" });
    owner = await as.person("owner@acme.test");
    const written = ["Ada <ada@old.test>", "a <a@x.test>", "W <w@x.test>", "Fay <fay@acme.test>", "zoe <zoe@x.test>"];
    await writeRelease(owner, { version: "1", projects: ["pump"] }, written);
    await writeRelease(await as.ci("globex"), { organization: "globex", version: "1", projects: ["only"] }, [
      "No <no@x.test>",
      "zoe <zoe@x.test>",
    ]);
  });
  afterEach(() => bench.close());

  const load = (text: string, more: { dryRun?: boolean } = {}) => importMailmap(owner, { ...acme, text, ...more });
  const listed = async () => (await listContributors(owner, acme)).items.map(({ name, emails }) => `${name}: ${emails.join(" ")}`);
  const authors = () => {
    const { read } = bench.app.store;
    return read.select().from(read.tables.commitAuthors).orderBy(asc(read.tables.commitAuthors.id));
  };
  const audit = async () => {
    const { read } = bench.app.store;
    const rows = await read.select().from(read.tables.auditLog).orderBy(asc(read.tables.auditLog.id));
    return rows.filter(({ action }) => action.startsWith("person."));
  };

  test("merges addresses, corrects names, and returns what it skipped", async () => {
    expect(await load(MAILMAP)).toEqual({
      merged: 3,
      renamed: 2,
      changes: [
        { email: "a@x.test", into: "ada@acme.test", name: null },
        { email: "ada@acme.test", into: null, name: "Ada Lovelace" },
        { email: "ada@old.test", into: "ada@acme.test", name: null },
        { email: "w@x.test", into: "wim@acme.test", name: null },
        { email: "wim@acme.test", into: null, name: null },
        { email: "zoe@x.test", into: null, name: "Zoë" },
      ],
      unknown: ["no@x.test", "nobody@x.test"],
      problems: [
        { line: 5, message: "wim@acme.test and fay@acme.test belong to two members, who cannot be merged." },
        { line: 8, message: "No email address in angle brackets." },
      ],
    });
    expect(await listed()).toEqual([
      "Ada Lovelace: ada@acme.test a@x.test ada@old.test",
      "Fay: fay@acme.test",
      "Wim: wim@acme.test w@x.test",
      "Zoë: zoe@x.test",
    ]);
  });

  test("is recorded once, with the previous values", async () => {
    await load(MAILMAP);
    const [row, ...others] = await audit();
    expect([row?.action, row?.target, others]).toEqual(["person.import_mailmap", ".mailmap", []]);
    expect(row?.details).toMatchObject({
      before: [
        { email: "a@x.test", into: null, name: "a" },
        { email: "ada@old.test", into: null, name: "Ada" },
        { email: "w@x.test", into: null, name: "W" },
        { email: "zoe@x.test", into: null, name: "zoe" },
      ],
      after: expect.arrayContaining([{ email: "zoe@x.test", into: null, name: "Zoë" }]),
    });
  });

  test("changes nothing the second time, nor for an empty file", async () => {
    await load(MAILMAP);
    const stored = await authors();
    expect(await load(MAILMAP)).toMatchObject({ merged: 0, renamed: 0, changes: [] });
    expect(await load("# nobody\n")).toEqual({ merged: 0, renamed: 0, changes: [], unknown: [], problems: [] });
    expect(await authors()).toEqual(stored);
    expect(await audit()).toHaveLength(1);
  });

  test("changes nothing in a dry run and returns the same result", async () => {
    const stored = await authors();
    const preview = await load(MAILMAP, { dryRun: true });
    expect([await authors(), await audit()]).toEqual([stored, []]);
    expect(await load(MAILMAP, { dryRun: false })).toEqual(preview);
  });

  test("changes nothing in other organizations", async () => {
    await load(MAILMAP);
    const globex = await callers(bench.app, bench.given).ci("globex");
    expect((await listContributors(globex, { organization: "globex" })).items.map(({ name }) => name)).toEqual(["No", "zoe"]);
  });

  test("can be undone for each address", async () => {
    await load(MAILMAP);
    await separateContributor(owner, { ...acme, email: "ada@old.test" });
    expect(await getContributor(owner, { ...acme, email: "ada@old.test" })).toMatchObject({ name: "Ada", emails: ["ada@old.test"] });
    expect(await load(MAILMAP)).toMatchObject({ merged: 1, renamed: 0 });
  });

  test("stores thousands of lines in parts", async () => {
    const written = Array.from({ length: 1100 }, (_, index) => `P${index} <p${index}@x.test>`);
    await writeRelease(owner, { version: "2", projects: ["pump"] }, written);
    const lines = written.map((_, index) => `Q${index} <q${index % 7}@x.test> <p${index}@x.test>`);
    const { merged, renamed, changes } = await load(lines.join("\n"));
    expect([merged, renamed, changes.length]).toEqual([1100, 7, 500]);
    expect((await getContributor(owner, { ...acme, email: "p700@x.test" })).emails).toHaveLength(158 + 1);
  });

  test.each([
    [{}, "This field is required."],
    [{ text: "" }, "This field may not be blank."],
    [{ text: 5, dryRun: "yes" }, "Must be a valid boolean."],
    [{ text: "a\0" }, "Null characters are not allowed."],
    [{ text: "#\n".repeat(5001) }, "A .mailmap may have 5000 lines; this one has 5001."],
    [{ text: "#\r".repeat(5000) + "#" }, "A .mailmap may have 5000 lines; this one has 5001."],
    [{ text: `#${"é".repeat(600_000)}` }, "A .mailmap may have 1 MiB (1048576 bytes); this one has 1200001."],
  ])("rejects %#", async (input, message) => {
    await expect(importMailmap.call(owner, acme, () => input)).rejects.toMatchObject({ code: "invalid", issues: [{ message }] });
  });

  test("accepts the maximum number of lines and bytes", async () => {
    expect(await load("#\n".repeat(5000))).toMatchObject({ problems: [] });
    expect(await load(`#${"x".repeat(1_048_575)}`)).toMatchObject({ problems: [] });
  });
});
