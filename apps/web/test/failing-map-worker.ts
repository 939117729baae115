import { parentPort } from "node:worker_threads";

const port = parentPort;

/** A worker that fails depending on the key of the request: it ends, throws, never responds, or runs out of memory. */
port?.on("message", ({ key }: { readonly key: string }) => {
  if (key.endsWith("exit")) process.exit(3);
  if (key.endsWith("throw")) throw new Error("thrown in the worker");
  if (key.endsWith("memory")) for (const all: number[][] = []; ;) all.push(Array.from({ length: 100_000 }, Math.random));
  const fine = { kind: "done", response: { isRead: true, debugId: key, reference: null } };
  if (key.endsWith("fine")) port?.postMessage(fine);
});
