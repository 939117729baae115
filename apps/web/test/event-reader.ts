/** A reader of a stream of server-sent events. */
export interface EventReader {
  readonly response: Response;
  /** Returns the next event as it was sent, without the blank line after it; null at the end of the stream. */
  next(): Promise<string | null>;
  /** Returns the kind of the next change, skipping heartbeats; null at the end of the stream. */
  nextKind(): Promise<string | null>;
  /** Disconnects. */
  leave(): void;
}

const CHANGE = "event: change\ndata: ";

/** Requests the events of an organization. Also returns refusals, with their status in `response`. */
export async function readEvents(url: string, organization: string, cookie: string): Promise<EventReader> {
  const abort = new AbortController();
  const address = `${url}/api/events?organization=${encodeURIComponent(organization)}`;
  const response = await fetch(address, { headers: { cookie }, signal: abort.signal });
  let text = "";
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const chunks = isStream ? response.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined;

  async function next(): Promise<string | null> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        return event;
      }
      const chunk = await chunks?.read();
      if (!chunk || chunk.done) return null;
      text += chunk.value;
    }
  }

  return {
    response,
    next,
    async nextKind() {
      for (;;) {
        const event = await next();
        if (event === null) return null;
        if (event.startsWith(CHANGE)) return event.slice(CHANGE.length);
      }
    },
    leave: () => abort.abort(),
  };
}
