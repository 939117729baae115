"use client";

import { useOffline } from "next/offline";
import classes from "./live-events.module.css";

/** Says that something waits for the connection: a page that was asked for, a form that was sent. Both go on by themselves. */
export function ConnectionNotice() {
  const isOffline = useOffline();
  return (
    <output className={classes["lost"]} hidden={!isOffline}>
      The server cannot be reached. What you asked for waits, and goes on once it answers.
    </output>
  );
}
