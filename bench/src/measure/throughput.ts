import type { LoadGenerator } from "../load/load-generator.ts";
import { ratio, type Spread, spread } from "../load/statistics.ts";
import type { ChildServer } from "../servers/child-server.ts";
import type { Plan } from "./plan.ts";
import type { MeasuredRequest } from "./requests.ts";

/** The measured servers. `grouped` is the baseline with group commit. */
export type Side = "landfall" | "baseline" | "grouped";

export type SideResult = {
  readonly perSecond: Spread;
  /** The median of the rounds' median response times, in milliseconds. */
  readonly median: number;
  /** CPU time of the server per request, in microseconds. */
  readonly processor: number;
};

export type ThroughputResult = {
  readonly name: string;
  readonly isBudgeted: boolean;
  readonly sides: Partial<Record<Side, SideResult>>;
  /** The ratio of requests per second to the baseline, per round. */
  readonly toBaseline: Spread;
  readonly toGrouped: Spread | null;
};

export type ThroughputOptions = {
  readonly servers: Readonly<Record<Side, ChildServer>>;
  readonly generator: LoadGenerator;
  readonly requests: readonly MeasuredRequest[];
  readonly plan: Plan["throughput"];
  readonly onProgress: (text: string) => void;
};

type Sample = { perSecond: number; median: number; requests: number; processorTime: number };

/** Loads the servers alternately with each request, starting with a different one each round. */
export async function measureThroughput({
  servers,
  generator,
  requests,
  plan,
  onProgress,
}: ThroughputOptions): Promise<ThroughputResult[]> {
  const { connections, warmUpSeconds, rounds, seconds } = plan;
  const results: ThroughputResult[] = [];
  for (const { name, writes, isBudgeted, plan: request } of requests) {
    onProgress(name);
    const sides: Side[] = writes ? ["landfall", "baseline", "grouped"] : ["landfall", "baseline"];
    const next = new Map(sides.map((side) => [side, request.first]));

    const load = async (side: Side, duration: number): Promise<Sample> => {
      const server = servers[side];
      const first = request.count === undefined ? (next.get(side) ?? 0) : request.first;
      const before = server.processorTime();
      const {
        requests: answered,
        perSecond,
        median,
      } = await generator.run({ port: server.port, plan: { ...request, first }, connections, seconds: duration });
      next.set(side, first + answered);
      return { perSecond, median, requests: answered, processorTime: server.processorTime() - before };
    };

    for (const side of sides) await load(side, warmUpSeconds);
    const samples = new Map<Side, Sample[]>(sides.map((side) => [side, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (let offset = 0; offset < sides.length; offset += 1) {
        const side = sides[(round + offset) % sides.length];
        if (side !== undefined) samples.get(side)?.push(await load(side, seconds));
      }
    }
    results.push(summary({ name, isBudgeted, samples }));
  }
  return results;
}

function summary({
  name,
  isBudgeted,
  samples,
}: {
  name: string;
  isBudgeted: boolean;
  samples: ReadonlyMap<Side, readonly Sample[]>;
}): ThroughputResult {
  const rates = (side: Side) => (samples.get(side) ?? []).map(({ perSecond }) => perSecond);
  const toGrouped = samples.has("grouped") ? ratio(rates("landfall"), rates("grouped")) : null;
  const sides = Object.fromEntries([...samples].map(([side, list]) => [side, sideResult(list)]));
  return { name, isBudgeted, sides, toBaseline: ratio(rates("landfall"), rates("baseline")), toGrouped };
}

function sideResult(samples: readonly Sample[]): SideResult {
  const sum = (value: (sample: Sample) => number) => samples.reduce((total, sample) => total + value(sample), 0);
  return {
    perSecond: spread(samples.map(({ perSecond }) => perSecond)),
    median: spread(samples.map(({ median }) => median)).median,
    processor: (sum(({ processorTime }) => processorTime) / sum(({ requests }) => requests)) * 1000,
  };
}
