/** A page's stream of server-sent events, as it is read. */
export interface EventReader {
  readonly response: Response;
  /** The next event as it was sent, without the blank line after it; null at the end of the stream. */
  next(): Promise<string | null>;
  /** The kind of thing the next event says was changed, passing over heartbeats; null at the end. */
  nextKind(): Promise<string | null>;
  /** Goes away. */
  leave(): void;
}

const CHANGE = "event: change\ndata: ";

/** Asks for the events of an organization. Refusals are answers too: their `response` has the status. */
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
