"use client";

import { useEffect } from "react";
import { ago } from "./ago.ts";

const EVERY = 30_000;

/** Keeps every `TimeAgo` of the page true while it is open, and tells its exact time in the viewer's zone. One timer for all of them. */
export function LiveTimes() {
  useEffect(() => {
    const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
    const tell = () => {
      for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
        const at = new Date(element.dateTime);
        const text = ago(at, new Date());
        // The text node stays: React holds on to it.
        if (element.firstChild && element.firstChild.nodeValue !== text) element.firstChild.nodeValue = text;
        element.title = exact.format(at);
      }
    };
    tell();
    const timer = setInterval(tell, EVERY);
    const added = new MutationObserver(tell);
    added.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearInterval(timer);
      added.disconnect();
    };
  }, []);
  return null;
}
