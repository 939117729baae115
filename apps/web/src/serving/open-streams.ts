import type { EventStream } from "./event-stream.ts";

/** The streams that are open: so many for each person, and so many in all. */
export interface OpenStreams {
  /** Opens a person's stream, and ends their oldest when they have too many. Null, and nothing opened, when there are too many in all. */
  open(userId: number, make: (onOver: () => void) => EventStream): EventStream | null;
  /** Ends all of them, and lets no more be opened. */
  endAll(): void;
}

export type StreamLimits = { readonly perPerson: number; readonly inAll: number };

/** One for each tab of a person who has many; and what a small machine holds without noticing. */
export const STREAM_LIMITS: StreamLimits = { perPerson: 20, inAll: 500 };

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
