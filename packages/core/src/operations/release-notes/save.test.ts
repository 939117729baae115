import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { deleteRelease } from "../releases/delete.ts";
import { getNotes } from "./get.ts";
import { previewNotes, saveNotes } from "./save.ts";

const at = { organization: "acme", version: "web@1.0" };

describe.each(["sqlite", "pglite"] as const)("saveNotes over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ada: Context;
  let ben: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { web: "near", api: "far" } });
    await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme", teams: ["near"] });
    await bench.given.user("ben@acme.test", { name: "Ben", organization: "acme", teams: ["near"] });
    ada = await as.person("ada@acme.test");
    ben = await as.person("ben@acme.test");
    await createRelease(ada, { ...at, projects: ["web"], commits: [{ id: "a", message: "feat: add wings" }] });
  });
  afterEach(() => bench.close());

  const audit = async () => {
    const { read } = bench.app.store;
    const { auditLog } = read.tables;
    return read
      .select({ actor: auditLog.actor, target: auditLog.target, details: auditLog.details })
      .from(auditLog)
      .where(eq(auditLog.action, "notes.save"));
  };
  const conflict = (message: RegExp) =>
    expect.objectContaining({ code: "conflict", reason: "notes_changed", message: expect.stringMatching(message) });

  it("returns the saved notes with author and date, and the draft", async () => {
    const saved = await saveNotes(ada, { ...at, markdown: "# Wings\n\n  as they are  ", basedOn: null });
    expect(saved).toMatchObject({
      markdown: "# Wings\n\n  as they are  ",
      isDraft: false,
      dateSaved: "2026-01-02T03:04:05.678Z",
      savedBy: { name: "Ada", email: "ada@acme.test", isBot: false },
      draft: { markdown: expect.stringContaining("add wings"), commits: { read: 1 } },
    });
    expect(await getNotes(ben, at)).toEqual(saved);
    expect(await audit()).toMatchObject([
      { actor: expect.stringMatching(/^user:/), target: "web@1.0", details: { before: null, after: "# Wings\n\n  as they are  " } },
    ]);
  });

  it("rejects organization tokens", async () => {
    await expect(saveNotes(await as.ci("acme"), { ...at, markdown: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewNotes(await as.ci("acme"), { ...at, markdown: "x" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("stores the HTML and does not render on read", async () => {
    const { html } = await saveNotes(ada, { ...at, markdown: "# Wings\n\n- **new**" });
    expect(html).toBe("<h3>Wings</h3>\n<ul>\n<li><strong>new</strong></li>\n</ul>");
    const unable = { ...ada, markdown: { render: () => Promise.reject(new Error("rendered")) } };
    expect(await getNotes(unable, at)).toMatchObject({ html });
    expect(await previewNotes(ada, { ...at, markdown: "*x*" })).toEqual({ html: "<p><em>x</em></p>" });
  });

  it("renders notes that an earlier version saved, and shows their source if that takes too long", async () => {
    await saveNotes(ada, { ...at, markdown: "**a** <b>" });
    const { releaseNotes } = bench.app.store.read.tables;
    await bench.app.store.transaction(async (tx) => void (await tx.update(releaseNotes).set({ html: null, excerptHtml: null })));
    expect(await getNotes(ada, at)).toMatchObject({ html: "<p><strong>a</strong> &lt;b&gt;</p>" });
    const slow = { ...ada, markdown: { render: () => Promise.resolve({ problem: "Too slow." }) } };
    expect(await getNotes(slow, at)).toMatchObject({ html: "<pre>**a** &lt;b&gt;</pre>" });
    await expect(saveNotes(slow, { ...at, markdown: "b" })).rejects.toMatchObject({
      code: "invalid",
      issues: [{ path: ["markdown"], message: "Too slow." }],
    });
    expect(await getNotes(ada, at)).toMatchObject({ markdown: "**a** <b>" });
    await saveNotes(ada, { ...at, markdown: "**a** <b>" });
    expect(await getNotes(slow, at)).toMatchObject({ html: "<p><strong>a</strong> &lt;b&gt;</p>" });
  });

  it.each([null, "", " \n\t "])("returns to the draft with %j", async (markdown) => {
    const { dateSaved } = await saveNotes(ada, { ...at, markdown: "x" });
    expect(await saveNotes(ben, { ...at, markdown, basedOn: dateSaved })).toMatchObject({ isDraft: true, dateSaved: null, savedBy: null });
    expect((await audit()).at(-1)).toMatchObject({ details: { before: "x", after: null } });
  });

  it("does not overwrite notes that another user saved, and names the user", async () => {
    const draft = await getNotes(ada, at);
    const bens = await saveNotes(ben, { ...at, markdown: "Ben's", basedOn: draft.dateSaved });
    await expect(saveNotes(ada, { ...at, markdown: "Ada's", basedOn: draft.dateSaved })).rejects.toThrow(
      conflict(/^Ben saved other notes .* at 2026-01-02T03:04:05\.678Z\. Copy/),
    );
    expect(await getNotes(ada, at)).toEqual(bens);
    expect(await saveNotes(ada, { ...at, markdown: "Both", basedOn: bens.dateSaved })).toMatchObject({
      markdown: "Both",
      savedBy: { name: "Ada" },
    });
    expect(await audit()).toHaveLength(2);
  });

  it("distinguishes saves of the same millisecond", async () => {
    const first = await saveNotes(ada, { ...at, markdown: "1" });
    const second = await saveNotes(ben, { ...at, markdown: "2", basedOn: first.dateSaved });
    expect(second.dateSaved).toBe("2026-01-02T03:04:05.679Z");
    await expect(saveNotes(ada, { ...at, markdown: "3", basedOn: first.dateSaved })).rejects.toThrow(conflict(/^Ben saved/));
  });

  it("does not restore notes that were deleted in the meantime", async () => {
    const first = await saveNotes(ada, { ...at, markdown: "1" });
    await saveNotes(ben, { ...at, markdown: null });
    await expect(saveNotes(ada, { ...at, markdown: "2", basedOn: first.dateSaved })).rejects.toThrow(conflict(/have been deleted/));
  });

  it("overwrites without basedOn", async () => {
    await saveNotes(ada, { ...at, markdown: "1" });
    expect(await saveNotes(ben, { ...at, markdown: "2" })).toMatchObject({ markdown: "2", savedBy: { name: "Ben" } });
  });

  it("changes nothing when the same notes are saved again, as by a retry", async () => {
    const first = await saveNotes(ada, { ...at, markdown: "1", basedOn: null });
    bench.clock.advance(5000);
    expect(await saveNotes(ben, { ...at, markdown: "1", basedOn: null })).toEqual(first);
    await saveNotes(ada, { ...at, markdown: null });
    expect(await saveNotes(ada, { ...at, markdown: "", basedOn: first.dateSaved })).toMatchObject({ isDraft: true });
    expect(await audit()).toHaveLength(2);
  });

  it("cuts long notes in the audit log", async () => {
    await saveNotes(ada, { ...at, markdown: `${"x".repeat(999)}🚀${"y".repeat(18_000)}` });
    expect((await audit())[0]?.details).toEqual({ before: null, after: `${"x".repeat(999)}\uFFFD…` });
  });

  it.each([
    [{}, "markdown"],
    [{ markdown: "x".repeat(20_001) }, "markdown"],
    [{ markdown: "a\0b" }, "markdown"],
    [{ markdown: "x", basedOn: "yesterday" }, "basedOn"],
    [{ markdown: "x", basedOn: 5 }, "basedOn"],
  ])("rejects invalid input %#", async (input, field) => {
    await expect(saveNotes.call(ada, at, () => input)).rejects.toMatchObject({ code: "invalid", issues: [{ path: [field] }] });
    expect(await getNotes(ada, at)).toMatchObject({ isDraft: true });
  });

  it("accepts notes of the maximum length", async () => {
    expect(await saveNotes(ada, { ...at, markdown: "🚀".repeat(20_000) })).toMatchObject({ isDraft: false });
  });

  it("requires access to change the release", async () => {
    await expect(saveNotes(await as.person("ada@acme.test", ["project:read"]), { ...at, markdown: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await createRelease(await as.ci("acme"), { ...at, version: "both@1", projects: ["web", "api"] });
    await expect(saveNotes(ada, { ...at, version: "both@1", markdown: "x" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("deletes the notes with the release", async () => {
    await saveNotes(ada, { ...at, markdown: "x" });
    await deleteRelease(ada, at);
    await createRelease(ada, { ...at, projects: ["web"] });
    expect(await getNotes(ada, at)).toMatchObject({ isDraft: true, markdown: "" });
  });
});
