import type { ServerResponse } from "node:http";
import type { Timers } from "#server/lifecycle/timers.ts";

/** The open streams, limited per person and in total. */
export interface OpenStreams {
  /** Opens a stream of a person, and ends their oldest if they have too many. Returns null if there are too many in total. */
  open(userId: number, make: (onOver: () => void) => EventStream): EventStream | null;
  /** Ends all streams, and opens no more. */
  endAll(): void;
}

export type StreamLimits = { readonly perPerson: number; readonly total: number };

/** Enough for a person with many tabs, and a total that a small machine can handle. */
const STREAM_LIMITS: StreamLimits = { perPerson: 20, total: 500 };

export function createOpenStreams({ perPerson, total }: StreamLimits = STREAM_LIMITS): OpenStreams {
  // In the order of opening.
  const streams = new Map<object, { readonly userId: number; readonly stream: EventStream }>();
  let isClosed = false;

  function end(key: object): void {
    const found = streams.get(key);
    streams.delete(key);
    found?.stream.end();
  }

  return {
    open(userId, make) {
      if (isClosed) return null;
      const own = [...streams].filter(([, one]) => one.userId === userId);
      for (const [key] of own.slice(0, Math.max(0, own.length - perPerson + 1))) end(key);
      if (streams.size >= total) return null;
      const key = {};
      const stream = make(() => void streams.delete(key));
      streams.set(key, { userId, stream });
      return stream;
    },
    endAll() {
      isClosed = true;
      for (const key of streams.keys()) end(key);
    },
  };
}

/** A stream of server-sent events, open until either side ends it. */
interface EventStream {
  /** Sends an event for each kind of thing that changed. A client that does not keep up is disconnected, and reconnects. */
  send(kinds: readonly string[]): void;
  end(): void;
}

export type EventStreamOptions = {
  readonly timers: Timers;
  /** Whether the client may still receive events; checked with every heartbeat. False ends the stream. Never rejects. */
  readonly canContinue: () => Promise<boolean>;
  /** Called once when the stream has ended. */
  readonly onOver: () => void;
};

/** Milliseconds between heartbeats. */
const HEARTBEAT = 25_000;

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
  "X-Content-Type-Options": "nosniff",
};

/** Opens a stream as the response to a request. Browsers reconnect three seconds after it ends. */
export function openEventStream(response: ServerResponse, { timers, canContinue, onOver }: EventStreamOptions): EventStream {
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
    // A client that does not read what was written would not read the end either.
    if (response.writableNeedDrain) response.destroy();
    else response.end();
  }

  async function sendHeartbeat(): Promise<void> {
    if (!(await canContinue())) return end();
    if (isOver) return;
    write(":\n\n");
    wait();
  }
  const wait = () => void (cancel = timers.later(() => void sendHeartbeat(), HEARTBEAT));

  response.once("close", () => {
    isOver = true;
    cancel();
    onOver();
  });
  // The connection is used only for the stream, and ends with it.
  response.shouldKeepAlive = false;
  response.writeHead(200, HEADERS);
  write("retry: 3000\n\n");
  wait();
  return {
    send: (kinds) => write(kinds.map((kind) => `event: change\ndata: ${kind}\n\n`).join("")),
    end,
  };
}
