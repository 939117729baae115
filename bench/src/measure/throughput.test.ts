import { describe, expect, it } from "vitest";
import type { LoadGenerator } from "../load/load-generator.ts";
import type { LoadOrder } from "../load/run-load.ts";
import type { ChildServer } from "../servers/child-server.ts";
import type { MeasuredRequest } from "./requests.ts";
import { measureThroughput, type Side } from "./throughput.ts";

const PORTS: Record<Side, number> = { landfall: 1, baseline: 2, grouped: 3 };
const RATES: Record<number, number> = { 1: 600, 2: 1000, 3: 1200 };

/** Servers that spend 2 ms per request, and a load generator that records its orders and returns made-up results. */
function setUp() {
  const orders: LoadOrder[] = [];
  const time = new Map<number, number>();
  const server = (port: number): ChildServer => ({
    origin: `http://127.0.0.1:${port}`,
    port,
    startMilliseconds: 1,
    memory: () => ({ resident: 1, own: 1 }),
    processorTime: () => time.get(port) ?? 0,
    stop: () => Promise.resolve(),
  });
  const generator: LoadGenerator = {
    run(order) {
      orders.push(order);
      // The machine is half as fast in every second round, for all.
      const slow = Math.floor((orders.length - 1) / 3) % 2 === 0 ? 1 : 2;
      const requests = 10;
      time.set(order.port, (time.get(order.port) ?? 0) + requests * 2);
      return Promise.resolve({ requests, perSecond: (RATES[order.port] ?? 0) / slow, median: 1, slowest: 2 });
    },
    close: () => {},
  };
  return { orders, generator, servers: { landfall: server(1), baseline: server(2), grouped: server(3) } };
}

const request = (writes: boolean, count?: number): MeasuredRequest => ({
  name: "x",
  writes,
  isBudgeted: true,
  plan: { method: "GET", path: "/", token: "", first: 100, status: 200, ...(count === undefined ? {} : { count }) },
});

const plan = { connections: 4, warmUpSeconds: 9, rounds: 3, seconds: 1 };

const measure = (parts: ReturnType<typeof setUp>, measured: MeasuredRequest) =>
  measureThroughput({ ...parts, requests: [measured], plan, onProgress: () => {} });

describe("measureThroughput", () => {
  it("warms up each server, then loads them alternately, starting with a different one each round", async () => {
    const parts = setUp();
    await measure(parts, request(true));
    expect(parts.orders.map(({ seconds }) => seconds)).toEqual([9, 9, 9, ...Array.from({ length: 9 }, () => 1)]);
    expect(parts.orders.map(({ port }) => port)).toEqual([1, 2, 3, 1, 2, 3, 2, 3, 1, 3, 1, 2]);
    expect(new Set(parts.orders.map(({ connections }) => connections))).toEqual(new Set([4]));
  });

  it("loads the baseline with group commit only for writes", async () => {
    const parts = setUp();
    const [result] = await measure(parts, request(false));
    expect(parts.orders.some(({ port }) => port === PORTS.grouped)).toBe(false);
    expect(result?.toGrouped).toBeNull();
  });

  it("continues the numbers of a server, so that nothing is created twice", async () => {
    const parts = setUp();
    await measure(parts, request(true));
    const first = parts.orders.filter(({ port }) => port === PORTS.landfall).map(({ plan: { first: number } }) => number);
    expect(first).toEqual([100, 110, 120, 130]);
  });

  it("repeats the numbers of repeatable requests", async () => {
    const parts = setUp();
    await measure(parts, request(false, 5));
    expect(new Set(parts.orders.map(({ plan: { first } }) => first))).toEqual(new Set([100]));
  });

  it("compares values within a round", async () => {
    const [result] = await measure(setUp(), request(true));
    expect(result?.toBaseline).toEqual({ min: 0.6, median: 0.6, max: 0.6 });
    expect(result?.toGrouped).toEqual({ min: 0.5, median: 0.5, max: 0.5 });
    expect(result?.sides.landfall?.perSecond).toEqual({ min: 300, median: 300, max: 600 });
    expect(result?.sides.landfall?.processor).toBe(2000);
  });
});
