import { type Connection, openConnection } from "./connection.ts";
import { numberAt, requestBytes, type RequestPlan, uploadPieces } from "./request-plan.ts";
import { quantile } from "./statistics.ts";
import { uploadRequests } from "./upload-request.ts";

/** How long, and with how many connections, a server is loaded. */
export type LoadOrder = { readonly port: number; readonly plan: RequestPlan; readonly connections: number; readonly seconds: number };

/** The result of a load; times are in milliseconds, from sending a request to its complete response. */
export type LoadResult = { readonly requests: number; readonly perSecond: number; readonly median: number; readonly slowest: number };

/** Sends requests over several connections, each the next one after the response to the last. @throws at the first unexpected status. */
export async function runLoad({ port, plan, connections: width, seconds }: LoadOrder): Promise<LoadResult> {
  const piecesOf = requestPieces(plan, port);
  const connections = await Promise.all(Array.from({ length: width }, () => openConnection(port)));
  const times: number[] = [];
  let sent = 0;
  const started = performance.now();
  const until = started + seconds * 1000;

  async function keepBusy(connection: Connection): Promise<void> {
    for (let now = performance.now(); now < until;) {
      const status = await connection.exchange(...piecesOf(numberAt(plan, sent++)));
      if (status !== plan.status) throw new Error(`${plan.method} ${plan.path} returned ${status} instead of ${plan.status}`);
      const answered = performance.now();
      times.push(answered - now);
      now = answered;
    }
  }

  try {
    await Promise.all(connections.map(keepBusy));
  } finally {
    for (const connection of connections) connection.close();
  }
  const took = performance.now() - started;
  const sorted = Float64Array.from(times).toSorted();
  return {
    requests: times.length,
    perSecond: (times.length / took) * 1000,
    median: quantile(sorted, 0.5),
    slowest: quantile(sorted, 0.99),
  };
}

/** Returns the function that builds the requests of a plan; common parts are built in advance. */
function requestPieces(plan: RequestPlan, port: number): (n: number) => readonly Buffer[] {
  if (plan.upload === undefined) return (n) => [requestBytes(plan, n, port)];
  const requests = uploadRequests(plan.upload);
  return (n) => uploadPieces(plan, requests, n, port);
}
