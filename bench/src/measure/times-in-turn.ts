import { type Connection, openConnection } from "../load/connection.ts";
import { numberAt, requestBytes, type RequestPlan } from "../load/request-plan.ts";
import { type Spread, spread } from "../load/statistics.ts";
import type { Plan } from "./plan.ts";

/** A server and its request in each round. */
export type Target = { readonly port: number; readonly planOf: (round: number) => RequestPlan };

const WARM_UP = 5;

/** Measures the response times of the targets alternately, over one connection each, until the rounds or the time are over. */
export async function timesInTurn(targets: readonly Target[], { rounds, milliseconds }: Plan["scale"]): Promise<Spread[]> {
  const connections = await Promise.all(
    targets.map(async ({ port, planOf }) => ({ planOf, timed: await openTimed(port), times: [] as number[] })),
  );
  const started = performance.now();
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    for (const { planOf, timed, times } of connections) {
      const took = await timed.time(planOf(round));
      if (round >= WARM_UP) times.push(took);
    }
    if (round > WARM_UP + 2 && performance.now() - started > milliseconds) break;
  }
  for (const { timed } of connections) timed.close();
  return connections.map(({ times }) => spread(times));
}

/** A connection for requests that are timed individually. */
export interface Timed {
  /** Sends the `index`-th request of a plan. Returns the milliseconds to its complete response. @throws for an unexpected status. */
  time(plan: RequestPlan, index?: number): Promise<number>;
  close(): void;
}

/** Connects to the server on `port`. */
export async function openTimed(port: number): Promise<Timed> {
  const connection: Connection = await openConnection(port);
  return {
    async time(plan, index = 0) {
      const bytes = requestBytes(plan, numberAt(plan, index), port);
      const started = performance.now();
      const status = await connection.exchange(bytes);
      const took = performance.now() - started;
      if (status !== plan.status) throw new Error(`${plan.method} ${plan.path} returned ${status} instead of ${plan.status}`);
      return took;
    },
    close: () => connection.close(),
  };
}
