import type { ServerResponse } from "node:http";
import type { Timers } from "./timers.ts";

/** One stream of server-sent events, open until somebody ends it or its reader goes away. */
export interface EventStream {
  /** Tells which kinds of things were changed, an event for each. A reader who does not keep up is dropped, and comes back by itself. */
  send(kinds: readonly string[]): void;
  end(): void;
}

export type EventStreamOptions = {
  readonly timers: Timers;
  /** Whether the reader may still hear of anything; asked with every heartbeat, and no is the end of the stream. Never rejects. */
  readonly mayGoOn: () => Promise<boolean>;
  /** Told once when the stream is over, whoever ended it. */
  readonly onOver: () => void;
};

const HEARTBEAT = 25_000;
const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
  "X-Content-Type-Options": "nosniff",
};

/** Opens a stream as the answer to a request. Browsers reconnect three seconds after it ends. */
export function openEventStream(response: ServerResponse, { timers, mayGoOn, onOver }: EventStreamOptions): EventStream {
  let isOver = false;
  let cancel = () => {};

  function write(text: string): void {
    if (isOver) return;
    if (response.writableNeedDrain) response.destroy();
    else response.write(text);
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    // A reader who does not read what was written would not read the end either.
    if (response.writableNeedDrain) response.destroy();
    else response.end();
  }

  async function beat(): Promise<void> {
    if (!(await mayGoOn())) return end();
    if (isOver) return;
    write(":\n\n");
    wait();
  }
  const wait = () => void (cancel = timers.later(() => void beat(), HEARTBEAT));

  response.once("close", () => {
    isOver = true;
    cancel();
    onOver();
  });
  // Nothing else is to be sent on this connection, so that it ends with the stream.
  response.shouldKeepAlive = false;
  response.writeHead(200, HEADERS);
  write("retry: 3000\n\n");
  wait();
  return {
    send: (kinds) => write(kinds.map((kind) => `event: change\ndata: ${kind}\n\n`).join("")),
    end,
  };
}
