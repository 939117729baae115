"use client";

import { useRouter } from "next/navigation";
import { useOffline } from "next/offline";
import { useEffect, useState } from "react";
import classes from "./events-stream.module.css";

/** Opens the events stream of a page, one for all of its components, and shows a notice while it is interrupted. */
export function EventsStream({ organization }: { readonly organization: string }) {
  const [isLost, setLost] = useState(false);
  // While offline, `ConnectionNotice` is shown instead.
  const isOffline = useOffline();
  useEffect(() => openEventStream(organization, { onEvent: emitChange, onLost: setLost }), [organization]);
  return (
    <output className={classes["lost"]} hidden={!isLost || isOffline}>
      The server is not responding, so this page may be out of date. Retrying…
    </output>
  );
}

/** Milliseconds to wait for more changes, which come in bursts: a release, its commits, its deploy. */
const REFRESH_DELAY = 400;

/** Refreshes the page when something of these kinds changes: "release deploy", separated by spaces. Keeps what was typed. */
export function RefreshOn({ kinds }: { readonly kinds: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribeToChanges(kinds.split(" "), () => {
      clearTimeout(timer);
      timer = setTimeout(() => router.refresh(), REFRESH_DELAY);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [kinds, router]);
  return null;
}

/** A notice shown while the browser is offline. Navigation and forms continue by themselves once it is online again. */
export function ConnectionNotice() {
  const isOffline = useOffline();
  return (
    <output className={classes["lost"]} hidden={!isOffline}>
      The server cannot be reached. Your request is waiting and will continue once it responds.
    </output>
  );
}

type Listener = { readonly kinds: readonly string[]; readonly onChange: () => void };

const listeners = new Set<Listener>();

/** Calls `onChange` when something of one of these kinds ("release", "deploy" …) has changed. Returns the function that unsubscribes. */
export function subscribeToChanges(kinds: readonly string[], onChange: () => void): () => void {
  const listener = { kinds, onChange };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the listeners for a kind; all of them for null. */
export function emitChange(kind: string | null): void {
  for (const { kinds, onChange } of listeners) if (kind === null || kinds.includes(kind)) onChange();
}

type StreamHandlers = {
  /** Something of this kind changed; null if changes may have been missed while the stream was interrupted. */
  readonly onEvent: (kind: string | null) => void;
  readonly onLost: (isLost: boolean) => void;
};

/** Milliseconds before an interruption is shown. */
const LOST_AFTER = 4000;

/**
 * Opens the events stream of an organization. Returns the function that closes it. The browser reconnects by itself after an interruption;
 * where the server refused the stream, this retries after 40 seconds.
 */
function openEventStream(organization: string, { onEvent, onLost }: StreamHandlers): () => void {
  let source: EventSource | null = null;
  let lostTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let wasInterrupted = false;
  const open = () => {
    const stream = new EventSource(`/api/events?organization=${encodeURIComponent(organization)}`);
    source = stream;
    stream.addEventListener("open", () => {
      clearTimeout(lostTimer);
      lostTimer = undefined;
      onLost(false);
      if (wasInterrupted) onEvent(null);
      wasInterrupted = false;
    });
    stream.addEventListener("change", (event: MessageEvent<string>) => onEvent(event.data));
    stream.addEventListener("error", () => {
      wasInterrupted = true;
      lostTimer ??= setTimeout(() => onLost(true), LOST_AFTER);
      if (stream.readyState === EventSource.CLOSED) retryTimer = setTimeout(open, 10 * LOST_AFTER);
    });
  };
  // A page that is left, or kept in the back-forward cache, needs no stream until it is shown again.
  const close = () => source?.close();
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    wasInterrupted = true;
    open();
  };
  open();
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", onShow);
  return () => {
    clearTimeout(lostTimer);
    clearTimeout(retryTimer);
    window.removeEventListener("pagehide", close);
    window.removeEventListener("pageshow", onShow);
    close();
  };
}
