import type { TokenRow } from "@landfall/db/tables/schema";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hashToken } from "../../access/token-text.ts";
import { createLastUsedRecorder, type LastUsedRecorder } from "./last-used.ts";

let bench: TestApp;
let token: TokenRow;
let project: number;
let recorder: LastUsedRecorder;
let errors: unknown[];
let timers: (() => void)[];

beforeEach(async () => {
  bench = await createTestApp();
  await bench.given.organization("acme");
  project = (await bench.given.project("acme", "web")).id;
  token = await readToken(await bench.given.orgToken("acme"));
  errors = [];
  timers = [];
  recorder = createLastUsedRecorder(bench.app.store, { onError: (error) => errors.push(error), later: (work) => timers.push(work) });
});

afterEach(() => bench.close());

async function readToken(text: string): Promise<TokenRow> {
  const { tokens } = bench.app.store.read.tables;
  const [row] = await bench.app.store.read
    .select()
    .from(tokens)
    .where(eq(tokens.tokenHash, hashToken(text)));
  if (!row) throw new Error("no such token");
  return row;
}

async function stored({ id } = token) {
  const { tokens } = bench.app.store.read.tables;
  const { dateLastUsed: date, lastUsedClient: client, projectLastUsedId: projectId } = tokens;
  const [row] = await bench.app.store.read.select({ date, client, projectId }).from(tokens).where(eq(tokens.id, id));
  return row;
}

const touch = (more: { projectId?: number; client?: string | null; tokenId?: number } = {}) =>
  recorder.touch({ tokenId: token.id, now: bench.clock.now(), client: "sentry-cli/3.8.0", ...more });

describe("the recorder of last uses", () => {
  it("stores when a token was used and by which client, after a flush", async () => {
    const now = bench.clock.now();
    touch();
    expect(await stored()).toEqual({ date: null, client: null, projectId: null });
    await recorder.flush();
    expect(await stored()).toEqual({ date: now, client: "sentry-cli/3.8.0", projectId: null });
  });

  it("stores the project of the request (C15)", async () => {
    touch();
    touch({ projectId: project });
    touch();
    await recorder.flush();
    expect(await stored()).toMatchObject({ date: bench.clock.now(), projectId: project });
  });

  it("stores a project that is known only after a flush, and no second one within the minute", async () => {
    const other = (await bench.given.project("acme", "api")).id;
    touch();
    await recorder.flush();
    touch({ projectId: project });
    await recorder.flush();
    expect(await stored()).toMatchObject({ projectId: project });
    touch({ projectId: other });
    await recorder.flush();
    expect(await stored()).toMatchObject({ projectId: project });
  });

  it("writes once per minute, not once per request", async () => {
    const transaction = vi.spyOn(bench.app.store, "transaction");
    const first = bench.clock.now();
    for (let second = 0; second < 60; second += 1) {
      touch();
      await recorder.flush();
      bench.clock.advance(second === 59 ? 999 : 1000);
    }
    expect(transaction).toHaveBeenCalledTimes(1);
    expect(await stored()).toMatchObject({ date: first });
    bench.clock.advance(1);
    touch();
    await recorder.flush();
    expect(transaction).toHaveBeenCalledTimes(2);
    expect(await stored()).toMatchObject({ date: bench.clock.now() });
  });

  it("stores all tokens of a second in one transaction, started by the first of them", async () => {
    const transaction = vi.spyOn(bench.app.store, "transaction");
    const other = await readToken(await bench.given.orgToken("acme"));
    transaction.mockClear();
    touch();
    touch({ tokenId: other.id });
    expect(timers).toHaveLength(1);
    timers[0]?.();
    await recorder.flush();
    expect(transaction).toHaveBeenCalledTimes(1);
    expect([await stored(), await stored(other)]).toMatchObject([{ date: bench.clock.now() }, { date: bench.clock.now() }]);
  });

  it("truncates long client names, and accepts none", async () => {
    touch({ client: "x".repeat(1000) });
    await recorder.flush();
    expect((await stored())?.client).toBe("x".repeat(256));
    bench.clock.advance(60_000);
    touch({ client: null });
    await recorder.flush();
    expect((await stored())?.client).toBeNull();
  });

  it("stores the use of a token whose project was deleted, and ignores deleted tokens", async () => {
    touch({ projectId: project + 1000 });
    touch({ tokenId: token.id + 1000 });
    await recorder.flush();
    expect(errors).toEqual([]);
    expect(await stored()).toMatchObject({ date: bench.clock.now(), projectId: null });
  });

  it("reports failures without throwing, and stores the next use again", async () => {
    const failure = new Error("the disk is full");
    vi.spyOn(bench.app.store, "transaction").mockRejectedValueOnce(failure);
    touch();
    await recorder.flush();
    expect(errors).toEqual([failure]);
    expect(await stored()).toMatchObject({ date: null });
    touch();
    await recorder.flush();
    expect(await stored()).toMatchObject({ date: bench.clock.now() });
  });

  it("has stored all earlier uses when a flush resolves", async () => {
    touch();
    timers[0]?.();
    await recorder.flush();
    expect(await stored()).toMatchObject({ date: bench.clock.now() });
  });
});
