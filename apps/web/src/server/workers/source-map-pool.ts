import type { MapReaders, MapReading, ScriptReading, SourcesReading, Unread } from "@landfall/core/kernel/map-reader";
import { createWorkerQueue, type MapAnswer, type MapClient, type WorkerQueueLimits, type WorkerQueueOptions } from "./worker-queue.ts";

/** Source maps read in worker threads. */
export interface MapPool extends MapReaders {
  /** The number of running workers. */
  running(): number;
  /** Rejects what waits, and ends the workers. */
  stop(): Promise<void>;
}

/** A worker may hold two maps of the largest size at once: the one it keeps and the one it reads. */
const LIMITS: PoolLimits = {
  patience: 30_000,
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
  const running = () => lanes.filter((lane) => lane.isRunning()).length;
  const ended = () => {
    if (running() === 0) onIdle?.();
  };
  const lanes = Array.from({ length: size }, () => createWorkerQueue({ ...options, onIdle: ended, file, limits }));
  /** Keys begin with a checksum in hexadecimal digits. */
  const laneOf = (key: string) => {
    const lane = lanes[(Number.parseInt(key.slice(0, 8), 16) || 0) % lanes.length];
    if (lane === undefined) throw new Error("there are no workers for source maps");
    return lane;
  };
  return {
    forRequest(organizationId) {
      const client: MapClient = { organizationId, budget: { total: limits.budget, left: limits.budget } };
      return {
        async readScript({ key, bytes }) {
          const answer = await laneOf(key).ask({ kind: "script", key }, bytes, client);
          if (!isScript(answer)) throw new Error("a worker returned something else than the reading of a script");
          return answer;
        },
        async resolve({ key, bytes, isInline }, positions) {
          const answer = await laneOf(key).ask({ kind: "map", key, isInline, positions }, bytes, client);
          if (!isMap(answer)) throw new Error("a worker returned something else than the reading of a map");
          return answer;
        },
        async checkSources({ key, bytes }) {
          const answer = await laneOf(key).ask({ kind: "sources", key }, bytes, client);
          if (!isSources(answer)) throw new Error("a worker returned something else than the sources of a map");
          return answer;
        },
      };
    },
    running,
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

const isScript = (answer: MapAnswer): answer is ScriptReading | Unread => !answer.isRead || "reference" in answer;
const isMap = (answer: MapAnswer): answer is MapReading | Unread => !answer.isRead || "resolutions" in answer;
const isSources = (answer: MapAnswer): answer is SourcesReading | Unread => !answer.isRead || "withText" in answer;
