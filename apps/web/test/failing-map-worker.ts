import { parentPort } from "node:worker_threads";

const port = parentPort;

/** A worker that fails as its request's key says: it ends, throws, never answers, or takes all the memory there is. */
port?.on("message", ({ key }: { readonly key: string }) => {
  if (key.endsWith("exit")) process.exit(3);
  if (key.endsWith("throw")) throw new Error("thrown in the worker");
  if (key.endsWith("memory")) for (const all: number[][] = []; ;) all.push(Array.from({ length: 100_000 }, Math.random));
  const fine = { kind: "done", answer: { isRead: true, debugId: key, reference: null } };
  if (key.endsWith("fine")) port?.postMessage(fine);
});
