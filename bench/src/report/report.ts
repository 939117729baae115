import type { ArtifactsResult } from "../measure/artifacts.ts";
import type { CommitsResult } from "../measure/commits.ts";
import type { PagesResult } from "../measure/pages.ts";
import type { Plan } from "../measure/plan.ts";
import type { ScaleResult } from "../measure/scale.ts";
import type { StartsResult } from "../measure/starts.ts";
import type { ThroughputResult } from "../measure/throughput.ts";
import type { Unequal } from "../measure/verify-servers.ts";
import type { WritersResult } from "../measure/writers.ts";
import type { Memory } from "../servers/child-server.ts";

/** The results of a run; parts that were not selected are absent. */
export type Report = {
  readonly machine: Machine;
  readonly plan: Plan;
  readonly throughput?: {
    readonly results: readonly ThroughputResult[];
    readonly unequal: readonly Unequal[];
    /** Memory of the application at start and after all load. */
    readonly memory: { readonly before: Memory; readonly after: Memory };
  };
  readonly scale?: ScaleResult;
  readonly commits?: CommitsResult;
  readonly writers?: WritersResult;
  readonly artifacts?: ArtifactsResult;
  readonly starts?: StartsResult;
  /** Null if the pages are not built. */
  readonly pages?: PagesResult | null;
};

/** The machine of a run. */
export type Machine = {
  readonly processors: string;
  readonly memoryGibibytes: number;
  readonly system: string;
  readonly node: string;
  readonly date: string;
  /** Load average of the last minute before the run; above 0.5, other processes were running. */
  readonly loadBefore: number;
};
