import { connect } from "node:net";

/** A keep-alive connection that sends one request at a time. */
export interface Connection {
  /** Sends the pieces of a request. Returns the status when the response is complete. */
  exchange(...pieces: readonly Buffer[]): Promise<number>;
  close(): void;
}

/** Connects to a server on this machine. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const reader = createResponseReader();
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

/** Finds the end of a response. Only one is in progress: no request is sent before the response is complete. */
export interface ResponseReader {
  /** Adds received bytes. Returns the status when the response is complete, otherwise null. @throws for unsupported HTTP. */
  push(bytes: Buffer): number | null;
}

/**
 * Reads only the status and the length, so that the load generator costs less than the measured servers. Responses must have a
 * `content-length`.
 */
export function createResponseReader(): ResponseReader {
  let head: Buffer | null = null;
  let status = 0;
  /** The remaining bytes of the body; null before the head is read. */
  let missing: number | null = null;

  function body(length: number): number | null {
    missing = (missing ?? 0) - length;
    if (missing < 0) throw new Error("a response was longer than its content-length");
    if (missing > 0) return null;
    missing = null;
    return status;
  }

  return {
    push(bytes) {
      if (missing !== null) return body(bytes.length);
      const all: Buffer = head === null ? bytes : Buffer.concat([head, bytes]);
      const end = all.indexOf("\r\n\r\n");
      head = end < 0 ? all : null;
      if (end < 0) return null;
      const text = all.toString("latin1", 0, end);
      status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
      if (!(status >= 200)) throw new Error(`invalid response: ${text.slice(0, 100)}`);
      if (/\r\ntransfer-encoding:/i.test(text)) throw new Error("a response has no content-length");
      missing = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      return body(all.length - end - 4);
    },
  };
}
