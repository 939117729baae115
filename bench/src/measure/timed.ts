import { type Connection, openConnection } from "../load/connection.ts";
import { numberAt, type RequestPlan, requestBytes } from "../load/request-plan.ts";

/** One connection to a server, for requests that are timed one by one. */
export interface Timed {
  /** Sends the `index`-th request of a plan; answers the milliseconds to its whole answer. Throws for another status than the plan's. */
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
      if (status !== plan.status) throw new Error(`${plan.method} ${plan.path} answered ${status} instead of ${plan.status}`);
      return took;
    },
    close: () => connection.close(),
  };
}
