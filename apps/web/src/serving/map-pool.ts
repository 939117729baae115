import type { MapReader } from "@landfall/core/source-maps/map-reader";
import { createMapLane, type LaneLimits, type LaneOptions } from "./map-lane.ts";
import type { MapAnswer } from "./map-messages.ts";

/** Source maps read beside the thread that answers requests. */
export interface MapPool extends MapReader {
  /** How many workers run now. */
  running(): number;
  /** Refuses what waits, and ends the workers. */
  stop(): Promise<void>;
}

/** A worker may hold two maps of the largest size at once: the one it keeps and the one it reads. */
const LIMITS: LaneLimits = { patience: 30_000, idle: 60_000, waiting: 100, memory: 1024 };

type Options = Pick<LaneOptions, "timers" | "onError"> & {
  /** Told when the last worker was ended because it was idle. */
  readonly onIdle?: () => void;
  /** How many workers there may be. */
  readonly size?: number;
  readonly limits?: Partial<LaneLimits>;
  readonly file?: URL;
};

/**
 * At most `size` workers, each started when it is first needed and ended after a minute without work. A file is always read by the same one,
 * which keeps what it read.
 */
export function createMapPool({
  size = 2,
  limits = {},
  file = new URL("map-worker.ts", import.meta.url),
  onIdle,
  ...options
}: Options): MapPool {
  const running = () => lanes.filter((lane) => lane.isRunning()).length;
  const ended = () => {
    if (running() === 0) onIdle?.();
  };
  const lanes = Array.from({ length: size }, () => createMapLane({ ...options, onIdle: ended, file, limits: { ...LIMITS, ...limits } }));
  /** Keys are made of checksums in hexadecimal digits. */
  const laneOf = (key: string) => {
    const lane = lanes[(Number.parseInt(key.slice(0, 8), 16) || 0) % lanes.length];
    if (lane === undefined) throw new Error("there are no workers for source maps");
    return lane;
  };
  return {
    async readScript({ key, bytes }) {
      const answer = await laneOf(key).ask({ kind: "script", key }, bytes);
      if (isMap(answer)) throw new Error("a worker took a script for a map");
      return answer;
    },
    async resolve({ key, bytes, isInline }, positions) {
      const answer = await laneOf(key).ask({ kind: "map", key, isInline, positions }, bytes);
      if (answer.isRead && !isMap(answer)) throw new Error("a worker took a map for a script");
      return answer;
    },
    running,
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

const isMap = (answer: MapAnswer): answer is Extract<MapAnswer, { resolutions: unknown }> => "resolutions" in answer;
