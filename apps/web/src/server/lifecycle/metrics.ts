import type { StorageFailure } from "@landfall/db/storage-failure";
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** The metrics of the server. */
export interface Metrics {
  /** Records a finished request with its duration. */
  request(route: string, status: number, seconds: number): void;
  /** Counts a transaction by outcome. */
  transaction(outcome: "committed" | "failed"): void;
  /** Counts a failure of the database or a disk. */
  storageFailure(failure: StorageFailure): void;
  /** Returns all metrics in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** From a cached read to a large import. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of this process, with memory and event loop lag. */
export function createMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const requests = new Histogram({
    name: "landfall_http_request_duration_seconds",
    help: "Request duration by route (rest, trpc, auth, events, hooks, probes, pages) and status.",
    labelNames: ["route", "status"] as const,
    buckets: BUCKETS,
    registers,
  });
  const transactions = new Counter({
    name: "landfall_store_transactions_total",
    help: "Transactions by outcome.",
    labelNames: ["outcome"] as const,
    registers,
  });
  const storageFailures = new Counter({
    name: "landfall_storage_failures_total",
    help: "Failures of the database, the disk or the object storage, by kind.",
    labelNames: ["failure"] as const,
    registers,
  });
  return {
    storageFailure: (failure) => storageFailures.inc({ failure }),
    request: (route, status, seconds) => requests.observe({ route, status }, seconds),
    transaction: (outcome) => transactions.inc({ outcome }),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
