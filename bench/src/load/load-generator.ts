import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LoadOrder, LoadResult } from "./run-load.ts";

/** Sends load from a separate process. */
export interface LoadGenerator {
  /** Runs an order; one at a time. @throws the error of the process. */
  run(order: LoadOrder): Promise<LoadResult>;
  close(): void;
}

type Reply = { readonly result: LoadResult } | { readonly error: string };

export function startLoadGenerator(): LoadGenerator {
  const child = fork(fileURLToPath(new URL("load-process.ts", import.meta.url)), [], { execArgv: [] });
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error("the load generator ended"));
        child.once("exit", onExit);
        child.once("message", (reply: Reply) => {
          child.off("exit", onExit);
          if ("error" in reply) reject(new Error(reply.error));
          else resolve(reply.result);
        });
        child.send(order);
      }),
    close: () => child.disconnect(),
  };
}
