"use client";

import { useOffline } from "next/offline";
import { useEffect, useState } from "react";
import { emitChange } from "./live-changes.ts";
import classes from "./live-events.module.css";
import { openEventStream } from "./open-event-stream.ts";

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
