type StreamHandlers = {
  /** Something of this kind changed; null when something may have been missed while the stream was cut. */
  readonly onEvent: (kind: string | null) => void;
  readonly onLost: (isLost: boolean) => void;
};

/** A short break goes by unsaid. */
const LOST_AFTER = 4000;

/**
 * Listens to what changes in an organization until the function it answers is called. The browser opens a cut stream again by itself;
 * where the server refused it, this tries again now and then.
 */
export function openEventStream(organization: string, { onEvent, onLost }: StreamHandlers): () => void {
  let source: EventSource | null = null;
  let said: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let wasCut = false;
  const open = () => {
    const stream = new EventSource(`/api/events?organization=${encodeURIComponent(organization)}`);
    source = stream;
    stream.addEventListener("open", () => {
      clearTimeout(said);
      said = undefined;
      onLost(false);
      if (wasCut) onEvent(null);
      wasCut = false;
    });
    stream.addEventListener("change", (event: MessageEvent<string>) => onEvent(event.data));
    stream.addEventListener("error", () => {
      wasCut = true;
      said ??= setTimeout(() => onLost(true), LOST_AFTER);
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, 10 * LOST_AFTER);
    });
  };
  // A page on its way out, or kept for the way back, needs no stream until somebody comes back to it.
  const close = () => source?.close();
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    wasCut = true;
    open();
  };
  open();
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", onShow);
  return () => {
    clearTimeout(said);
    clearTimeout(again);
    window.removeEventListener("pagehide", close);
    window.removeEventListener("pageshow", onShow);
    close();
  };
}
