import { parentPort } from "node:worker_threads";
import { inProcessMapReader } from "@landfall/core/kernel/map-reader";
import type { FromMapWorker, MapAnswer, MapRequest, ToMapWorker } from "./worker-queue.ts";

/** The thread that reads source maps, one request after the other; it asks for the bytes of what it has not cached. */
function serve(port: NonNullable<typeof parentPort>): void {
  const reader = inProcessMapReader();
  const say = (message: FromMapWorker) => port.postMessage(message);
  let deliver: (bytes: Uint8Array<ArrayBuffer> | null) => void = () => {};

  const bytes = () =>
    new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      deliver = (got) => (got === null ? reject(new Error("there are no bytes")) : resolve(got));
      say({ kind: "need" });
    });

  function answer(request: MapRequest): Promise<MapAnswer> {
    if (request.kind === "script") return reader.readScript({ key: request.key, bytes });
    if (request.kind === "sources") return reader.checkSources({ key: request.key, bytes });
    return reader.resolve({ ...request, bytes }, request.positions);
  }

  port.on("message", (message: ToMapWorker) => {
    if (message.kind === "bytes") deliver(message.bytes);
    else
      answer(message).then(
        (told) => say({ kind: "done", answer: told }),
        (error: unknown) => say({ kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
}

if (parentPort === null) throw new Error("this file is the beginning of a worker");
serve(parentPort);
