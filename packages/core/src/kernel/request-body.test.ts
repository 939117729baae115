import { describe, expect, test } from "vitest";
import type { Actor } from "./actor.ts";
import { bodyLimit, CLIENT_ADDRESS_HEADER, createBodyBudget, readRequestBody, UNCOUNTED_BYTES } from "./request-body.ts";

const BUSY = { code: "unavailable", reason: "body_budget" };

/** A body that a test sends chunk by chunk. */
function sending(client: string, declared?: number) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (own) => void (controller = own),
      pull: () => void (pulls += 1),
    },
    { highWaterMark: 0 },
  );
  const length = declared === undefined ? {} : { "content-length": String(declared) };
  const headers = { [CLIENT_ADDRESS_HEADER]: client, ...length };
  return {
    request: new Request("http://landfall.test/", { method: "POST", body, headers, duplex: "half" }),
    send: (bytes: number) => controller?.enqueue(new Uint8Array(bytes)),
    end: () => controller?.close(),
    breakOff: () => controller?.error(new Error("aborted")),
    isRead: () => pulls > 0,
  };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const SIZE = 2 * UNCOUNTED_BYTES;

describe("without valid credentials", () => {
  test("at most 16 KiB are read, whatever the operation allows", () => {
    const actor: Actor = { kind: "user", userId: 1, tokenId: 1, scopes: new Set() };
    const limits = { bytes: 33_554_432, elements: 1 };
    expect([bodyLimit(null, limits), bodyLimit(actor, limits)]).toEqual([16_384, 33_554_432]);
    expect(bodyLimit(null, { bytes: 100, elements: 1 })).toBe(100);
  });
});

describe("bodies that are not complete", () => {
  test("are refused with 503 beyond the budget of their client, before a byte is read", async () => {
    const budget = createBodyBudget({ perClient: 2 * SIZE, total: 10 * SIZE });
    const stalled = Array.from({ length: 12 }, () => sending("192.0.2.1", SIZE));
    const reading = stalled.map(({ request }) => readRequestBody(request, SIZE, budget));
    const results = Promise.allSettled(reading);
    await tick();
    expect(stalled.map(({ isRead }) => isRead())).toEqual([true, true, ...Array.from({ length: 10 }, () => false)]);
    const other = sending("192.0.2.2", SIZE);
    const fromElsewhere = readRequestBody(other.request, SIZE, budget);
    for (const { send, end } of [...stalled, other]) {
      send(SIZE);
      end();
    }
    expect(await fromElsewhere).toHaveLength(SIZE);
    expect((await results).map((result) => (result.status === "rejected" ? result.reason : result.value.length))).toEqual([
      SIZE,
      SIZE,
      ...Array.from({ length: 10 }, () => expect.objectContaining(BUSY)),
    ]);
  });

  test("are refused beyond the budget of the process", async () => {
    const budget = createBodyBudget({ perClient: SIZE, total: 2 * SIZE });
    const stalled = ["a", "b"].map((client) => sending(client, SIZE));
    const reading = stalled.map(({ request }) => readRequestBody(request, SIZE, budget));
    await tick();
    await expect(readRequestBody(sending("c", SIZE).request, SIZE, budget)).rejects.toMatchObject(BUSY);
    for (const { send, end } of stalled) {
      send(SIZE);
      end();
    }
    await Promise.all(reading);
  });

  test("count as they grow if they declare no length", async () => {
    const budget = createBodyBudget({ perClient: SIZE, total: SIZE });
    const stalled = sending("a");
    const reading = readRequestBody(stalled.request, SIZE, budget);
    stalled.send(SIZE - 1);
    await tick();
    const next = sending("a");
    const refused = readRequestBody(next.request, SIZE, budget);
    next.send(2);
    await expect(refused).rejects.toMatchObject(BUSY);
    stalled.end();
    expect(await reading).toHaveLength(SIZE - 1);
  });

  test("release their budget when they end in any way", async () => {
    const budget = createBodyBudget({ perClient: SIZE, total: SIZE });
    for (const declared of [SIZE, undefined]) {
      const broken = sending("a", declared);
      const reading = readRequestBody(broken.request, SIZE, budget);
      const failure = reading.catch((error: unknown) => error);
      broken.send(10);
      await tick();
      broken.breakOff();
      expect(await failure).toMatchObject({ code: "invalid", message: "The connection ended before the body was complete." });
      const complete = sending("a", declared);
      complete.send(SIZE);
      complete.end();
      expect(await readRequestBody(complete.request, SIZE, budget)).toHaveLength(SIZE);
    }
    const body = budget.open("a");
    expect([body.reserve(SIZE), body.reserve(1)]).toEqual([true, false]);
    body.release();
    body.release();
    expect(budget.open("a").reserve(SIZE)).toBe(true);
  });

  test("are not counted if they are small", async () => {
    const budget = createBodyBudget({ perClient: 0, total: 0 });
    const small = sending("a", UNCOUNTED_BYTES);
    small.send(UNCOUNTED_BYTES);
    small.end();
    expect(await readRequestBody(small.request, UNCOUNTED_BYTES, budget)).toHaveLength(UNCOUNTED_BYTES);
  });
});
