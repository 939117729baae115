"use client";

import { useRouter } from "next/navigation";
import { useOffline } from "next/offline";
import { useEffect, useState } from "react";
import classes from "./events-stream.module.css";

/** Opens the one stream of a page for everything on it that stays live. Says when it is cut, which mends itself. */
export function EventsStream({ organization }: { readonly organization: string }) {
  const [isLost, setLost] = useState(false);
  // Then the notice of the connection says it.
  const isOffline = useOffline();
  useEffect(() => openEventStream(organization, { onEvent: emitChange, onLost: setLost }), [organization]);
  return (
    <output className={classes["lost"]} hidden={!isLost || isOffline}>
      The server does not answer; this page may be out of date. Trying again…
    </output>
  );
}

/** Changes come in bursts: a release, its commits, its deploy. */
const PAUSE = 400;

/** Reads the page anew when something of these kinds changes: "release", "deploy" and so on, apart by blanks. Nothing typed is lost. */
export function RefreshOn({ kinds }: { readonly kinds: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribeToChanges(kinds.split(" "), () => {
      clearTimeout(timer);
      timer = setTimeout(() => router.refresh(), PAUSE);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [kinds, router]);
  return null;
}

/** Says that something waits for the connection: a page that was asked for, a form that was sent. Both go on by themselves. */
export function ConnectionNotice() {
  const isOffline = useOffline();
  return (
    <output className={classes["lost"]} hidden={!isOffline}>
      The server cannot be reached. What you asked for waits, and goes on once it answers.
    </output>
  );
}

type Listener = { readonly kinds: readonly string[]; readonly onChange: () => void };

const listeners = new Set<Listener>();

/** Calls back when something of one of these kinds ("release", "deploy" …) has changed; answers how to stop. */
export function subscribeToChanges(kinds: readonly string[], onChange: () => void): () => void {
  const listener = { kinds, onChange };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells everybody on the page who asked for changes of this kind; null stands for all kinds. */
export function emitChange(kind: string | null): void {
  for (const { kinds, onChange } of listeners) if (kind === null || kinds.includes(kind)) onChange();
}

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
function openEventStream(organization: string, { onEvent, onLost }: StreamHandlers): () => void {
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
