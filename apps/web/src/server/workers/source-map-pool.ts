import type { MapReaders, MapReading, ScriptReading, SourcesReading, Unread } from "@landfall/core/kernel/map-reader";
import { createWorkerQueue, type MapResponse, type MapClient, type WorkerQueueLimits, type WorkerQueueOptions } from "./worker-queue.ts";

/** Source maps read in worker threads. */
export interface MapPool extends MapReaders {
  /** The number of running workers. */
  running(): number;
  /** Rejects what waits, and ends the workers. */
  stop(): Promise<void>;
}

/** A worker may have two maps of the largest size in memory: the cached one and the one it reads. */
const LIMITS: PoolLimits = {
  timeLimit: 30_000,
  budget: 60_000,
  idle: 60_000,
  waitingPerOrganization: 20,
  waiting: 200,
  memory: 1024,
};

type PoolLimits = WorkerQueueLimits & {
  /** The reading time of one request, all its files together, in milliseconds. */
  readonly budget: number;
};

type Options = Pick<WorkerQueueOptions, "timers" | "onError"> & {
  /** Called after the last worker was ended because it was idle. */
  readonly onIdle?: () => void;
  /** The largest number of workers. */
  readonly size?: number;
  readonly limits?: Partial<PoolLimits>;
  readonly file?: URL;
};

/**
 * At most `size` workers, each started when it is first needed and ended after a minute without work. A file is always read by the same
 * worker, which caches the result. Organizations take turns at each worker, and a request has a budget of reading time.
 */
export function createMapPool({
  size = 2,
  limits: given = {},
  file = new URL("./source-map-worker.ts", import.meta.url),
  onIdle,
  ...options
}: Options): MapPool {
  const limits = { ...LIMITS, ...given };
  const running = () => workers.filter((worker) => worker.isRunning()).length;
  const ended = () => {
    if (running() === 0) onIdle?.();
  };
  const workers = Array.from({ length: size }, () => createWorkerQueue({ ...options, onIdle: ended, file, limits }));
  /** Keys begin with a checksum in hexadecimal digits. */
  const workerFor = (key: string) => {
    const worker = workers[(Number.parseInt(key.slice(0, 8), 16) || 0) % workers.length];
    if (worker === undefined) throw new Error("there are no workers for source maps");
    return worker;
  };
  return {
    forRequest(organizationId) {
      const client: MapClient = { organizationId, budget: { total: limits.budget, left: limits.budget } };
      return {
        async readScript({ key, bytes }) {
          const response = await workerFor(key).run({ kind: "script", key }, bytes, client);
          if (!isScript(response)) throw new Error("unexpected response of a worker to a script");
          return response;
        },
        async resolve({ key, bytes, isInline }, positions) {
          const response = await workerFor(key).run({ kind: "map", key, isInline, positions }, bytes, client);
          if (!isMap(response)) throw new Error("unexpected response of a worker to a map");
          return response;
        },
        async checkSources({ key, bytes }) {
          const response = await workerFor(key).run({ kind: "sources", key }, bytes, client);
          if (!isSources(response)) throw new Error("unexpected response of a worker to the sources of a map");
          return response;
        },
      };
    },
    running,
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

const isScript = (response: MapResponse): response is ScriptReading | Unread => !response.isRead || "reference" in response;
const isMap = (response: MapResponse): response is MapReading | Unread => !response.isRead || "resolutions" in response;
const isSources = (response: MapResponse): response is SourcesReading | Unread => !response.isRead || "withText" in response;
