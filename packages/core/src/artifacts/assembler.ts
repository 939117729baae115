import type { App } from "../app.ts";
import { claimAssembly, releaseAssemblies } from "./claim-assembly.ts";
import { heartbeat } from "./heartbeat.ts";
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
 * Puts archives together, one after the other, behind the requests for it. What waits is in the database: a process that ends leaves it to
 * the next one.
 */
export function createAssembler(app: Pick<App, "store" | "blobs" | "now">, { onError, workers = 2 }: AssemblerOptions): Assembler {
  let isStopped = false;
  let wakes = 0;
  const running = new Set<Promise<void>>();

  function aliveUnlessStopped(id: number): () => Promise<void> {
    const alive = heartbeat(app, id);
    return () => {
      if (isStopped) throw new AssemblyStopped();
      return alive();
    };
  }
  async function workOff(): Promise<void> {
    for (;;) {
      if (isStopped) return;
      const seen = wakes;
      const row = await claimAssembly(app.store, app.now());
      if (row !== null) await runAssembly(app, row, aliveUnlessStopped(row.id)).catch(onError);
      else if (seen === wakes) return;
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
export async function takeUpAssemblies(app: Pick<App, "store">): Promise<void> {
  if (app.store.dialect === "sqlite") await releaseAssemblies(app.store);
}
