import type { ServerResponse } from "node:http";
import type { Timers } from "#server/lifecycle/timers.ts";

/** The streams that are open: so many for each person, and so many in all. */
export interface OpenStreams {
  /** Opens a person's stream, and ends their oldest when they have too many. Null, and nothing opened, when there are too many in all. */
  open(userId: number, make: (onOver: () => void) => EventStream): EventStream | null;
  /** Ends all of them, and lets no more be opened. */
  endAll(): void;
}

export type StreamLimits = { readonly perPerson: number; readonly inAll: number };

/** One for each tab of a person who has many; and what a small machine holds without noticing. */
const STREAM_LIMITS: StreamLimits = { perPerson: 20, inAll: 500 };

export function createOpenStreams({ perPerson, inAll }: StreamLimits = STREAM_LIMITS): OpenStreams {
  // In the order they were opened.
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
      if (streams.size >= inAll) return null;
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

/** One stream of server-sent events, open until somebody ends it or its reader goes away. */
interface EventStream {
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
