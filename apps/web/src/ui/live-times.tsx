"use client";

import { useEffect } from "react";
import { relativeFormat } from "./time-ago.tsx";

/** Milliseconds between updates. */
const INTERVAL = 30_000;
const TIMES = "time[data-relative]";

/** Updates every `TimeAgo` of the page, and sets its title to the exact time in the viewer's time zone. One timer for all of them. */
export function LiveTimes() {
  useEffect(() => {
    const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
    const update = (times: Iterable<HTMLTimeElement>) => {
      for (const element of times) {
        const at = new Date(element.dateTime);
        const text = relativeFormat(element.dataset["relative"])(at, new Date());
        // Changes the text node in place, since React keeps a reference to it.
        if (element.firstChild && element.firstChild.nodeValue !== text) element.firstChild.nodeValue = text;
        element.title = exact.format(at);
      }
    };
    const all = () => document.querySelectorAll<HTMLTimeElement>(TIMES);
    update(all());
    const timer = setInterval(() => update(all()), INTERVAL);
    // Only added nodes: a page may have thousands of times.
    const added = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (node instanceof HTMLTimeElement && node.matches(TIMES)) update([node]);
          else if (node instanceof Element) update(node.querySelectorAll<HTMLTimeElement>(TIMES));
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
