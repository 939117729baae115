"use client";

import { useEffect } from "react";
import { formatAgo } from "./format.ts";

const EVERY = 30_000;
const TIMES = "time[data-ago]";

/** Keeps every `TimeAgo` of the page true while it is open, and tells its exact time in the viewer's zone. One timer for all of them. */
export function LiveTimes() {
  useEffect(() => {
    const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
    const tell = (times: Iterable<HTMLTimeElement>) => {
      for (const element of times) {
        const at = new Date(element.dateTime);
        const text = formatAgo(at, new Date());
        // The text node stays: React holds on to it.
        if (element.firstChild && element.firstChild.nodeValue !== text) element.firstChild.nodeValue = text;
        element.title = exact.format(at);
      }
    };
    const all = () => document.querySelectorAll<HTMLTimeElement>(TIMES);
    tell(all());
    const timer = setInterval(() => tell(all()), EVERY);
    // Of a page with thousands of times, only those that came are looked at.
    const added = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (node instanceof HTMLTimeElement && node.matches(TIMES)) tell([node]);
          else if (node instanceof Element) tell(node.querySelectorAll<HTMLTimeElement>(TIMES));
        }
      }
    });
    added.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearInterval(timer);
      added.disconnect();
    };
  }, []);
  return null;
}
