import { parentPort } from "node:worker_threads";
import { inProcessMapReader } from "@landfall/core/kernel/map-reader";
import type { FromMapWorker, MapResponse, MapRequest, ToMapWorker } from "./worker-queue.ts";

/** The thread that reads source maps, one request after the other. It requests the bytes that it has not cached. */
function serve(port: NonNullable<typeof parentPort>): void {
  const reader = inProcessMapReader();
  const post = (message: FromMapWorker) => port.postMessage(message);
  let deliver: (bytes: Uint8Array<ArrayBuffer> | null) => void = () => {};

  const bytes = () =>
    new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      deliver = (received) => (received === null ? reject(new Error("there are no bytes")) : resolve(received));
      post({ kind: "need" });
    });

  function respond(request: MapRequest): Promise<MapResponse> {
    if (request.kind === "script") return reader.readScript({ key: request.key, bytes });
    if (request.kind === "sources") return reader.checkSources({ key: request.key, bytes });
    return reader.resolve({ ...request, bytes }, request.positions);
  }

  port.on("message", (message: ToMapWorker) => {
    if (message.kind === "bytes") deliver(message.bytes);
    else
      respond(message).then(
        (response) => post({ kind: "done", response }),
        (error: unknown) => post({ kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
}

if (parentPort === null) throw new Error("this file runs only in a worker");
serve(parentPort);
