import { connect } from "node:net";
import { createAnswerReader } from "./answer-reader.ts";

/** A kept connection that carries one request after the other. */
export interface Connection {
  /** Sends the pieces of a request and answers its status once the answer is whole. */
  exchange(...pieces: readonly Buffer[]): Promise<number>;
  close(): void;
}

/** Connects to a server on this machine. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const reader = createAnswerReader();
  let waiting: PromiseWithResolvers<number> | null = null;
  let failure: Error | null = null;

  const fail = (error: Error) => {
    failure ??= error;
    waiting?.reject(failure);
    socket.destroy();
  };
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the server closed the connection")));
  socket.on("data", (bytes) => {
    try {
      const status = reader.push(bytes);
      if (status === null) return;
      const done = waiting;
      waiting = null;
      done?.resolve(status);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return {
    exchange(...pieces) {
      if (failure) return Promise.reject(failure);
      waiting = Promise.withResolvers<number>();
      for (const piece of pieces) socket.write(piece);
      return waiting.promise;
    },
    close() {
      failure ??= new Error("the connection was closed");
      socket.destroy();
    },
  };
}
