import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { toAppError } from "@landfall/core/kernel/app-error";
import type { Store } from "@landfall/db/store";
import { Hono } from "hono";
import type { Metrics } from "#server/lifecycle/metrics.ts";
import { type Timers, timers } from "#server/lifecycle/timers.ts";

export type ProbesOptions = {
  readonly store: Pick<Store, "checkWritable">;
  readonly metrics: Metrics;
  /** The bearer token of `/metrics`; null turns it off. */
  readonly metricsToken: string | null;
  /** Where the file of the command line may be; the first that exists is served. */
  readonly commandLine: readonly string[];
  /** Whether the process is shutting down. */
  readonly isClosing: () => boolean;
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/**
 * Routes for operators: `/healthz` (the process is up), `/readyz` (the store can write; 503 otherwise), `/metrics`, and `/landfall.mjs`, the
 * command line of this version, so that CI jobs need no package registry.
 */
export function probesApp({ store, metrics, metricsToken, commandLine, isClosing, onBug }: ProbesOptions): Hono {
  const checkReady = createReadiness(store, timers);
  const hono = new Hono();
  hono.use(async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  hono.get("/healthz", (c) => c.json({ status: "ok" }));
  hono.get("/readyz", async (c) => {
    if (isClosing()) return c.json({ status: "closing" }, 503);
    try {
      await checkReady();
      return c.json({ status: "ready" });
    } catch (error) {
      onBug(error, c.req.header("x-request-id") ?? null);
      return c.json({ status: toAppError(error)?.message ?? "The server's database cannot be used." }, 503);
    }
  });
  hono.get("/landfall.mjs", async (c) => {
    const program = await readFirst(commandLine);
    if (program === null) return c.text("The command line is not built. Run npm start, which builds it.\n", 404);
    return c.body(program, 200, { "Content-Type": "text/javascript; charset=utf-8", "X-Content-Type-Options": "nosniff" });
  });
  hono.get("/metrics", async (c, next) => {
    if (metricsToken === null) return c.text("Metrics are off. Set LANDFALL_METRICS_TOKEN.\n", 404);
    if (isSame(c.req.header("authorization") ?? "", `Bearer ${metricsToken}`)) return next();
    return c.text("Send the metrics token: Authorization: Bearer <token>.\n", 401, { "WWW-Authenticate": "Bearer" });
  });
  hono.get("/metrics", async (c) => c.body(await metrics.text(), 200, { "Content-Type": metrics.contentType }));
  return hono;
}

/** Reads the first file that exists; null if none does. */
async function readFirst(files: readonly string[]): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const file of files) {
    const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return null;
    });
    if (content !== null) return new Uint8Array(content);
  }
  return null;
}

/** Compares two texts in constant time. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Milliseconds between two probes, each of which is a write. */
const PROBE_INTERVAL = 1_000;

/** Returns a check that the store can write, which throws the failure. Concurrent callers share a probe. */
export function createReadiness({ checkWritable }: Pick<Store, "checkWritable">, { now }: Pick<Timers, "now">): () => Promise<void> {
  let probe: Promise<void> | undefined;
  let until = 0;
  return () => {
    if (probe && now() < until) return probe;
    until = Number.POSITIVE_INFINITY;
    const fresh = checkWritable().finally(() => (until = now() + PROBE_INTERVAL));
    return (probe = fresh);
  };
}
