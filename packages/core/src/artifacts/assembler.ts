import type { App } from "../app.ts";
import { claimAssembly, findWaitingOrganizations, releaseAssemblies } from "./claim-assembly.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { AssemblyStopped, runAssembly } from "./run-assembly.ts";

export interface Assembler {
  /** Looks for work; what is being worked on goes on. */
  wake(): void;
  /** Settles once there is nothing left to do. */
  idle(): Promise<void>;
  /** Takes nothing more up, gives back what would take long, and settles then. */
  stop(): Promise<void>;
}

export type AssemblerOptions = {
  /** Told of every failure that is not the archive's. */
  readonly onError: (error: unknown) => void;
  /** How many archives are worked on at once; two, so that a small one need not wait for a large one. */
  readonly workers?: number;
};

/**
 * Assembles archives in the background. What waits is in the database, so the next process continues the work of one that ended.
 * Organizations take turns: one with many archives delays another by one archive at most.
 */
export function createAssembler(
  app: Pick<App, "store" | "blobs" | "now" | "quotas" | "randomHex">,
  { onError, workers = 2 }: AssemblerOptions,
): Assembler {
  let isStopped = false;
  let wakes = 0;
  const running = new Set<Promise<void>>();
  /** Which turn each organization had last, of those with archives waiting. */
  let turns = new Map<number, number>();
  let turn = 0;

  /** The organization whose last turn is longest ago; undefined when nothing waits. */
  async function nextOrganization(): Promise<number | undefined> {
    const waiting = await findWaitingOrganizations(app.store, app.now());
    turns = new Map(waiting.map((id) => [id, turns.get(id) ?? 0]));
    const next = waiting.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0))[0];
    if (next !== undefined) turns.set(next, (turn += 1));
    return next;
  }

  function aliveUnlessStopped(id: number): () => Promise<void> {
    const alive = createHeartbeat(app, id);
    return () => {
      if (isStopped) throw new AssemblyStopped();
      return alive();
    };
  }
  async function workOff(): Promise<void> {
    for (;;) {
      if (isStopped) return;
      const seen = wakes;
      const organization = await nextOrganization();
      const row = organization === undefined ? null : await claimAssembly(app.store, app.now(), organization);
      if (row !== null) await runAssembly(app, row, aliveUnlessStopped(row.id)).catch(onError);
      else if (organization === undefined && seen === wakes) return;
    }
  }
  function wake(): void {
    wakes += 1;
    if (isStopped || running.size >= workers) return;
    const work: Promise<void> = workOff()
      .catch(onError)
      .finally(() => running.delete(work));
    running.add(work);
  }
  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }
  return {
    wake,
    idle,
    async stop() {
      isStopped = true;
      await idle();
    },
  };
}

/** Takes up what an earlier process of this database began. Only where there is no other: several share their work by its age. */
export async function resumeAssemblies(app: Pick<App, "store">): Promise<void> {
  if (app.store.dialect === "sqlite") await releaseAssemblies(app.store);
}
