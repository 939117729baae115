"use client";

import { useEffect, useMemo, useState } from "react";
import { askServer } from "./ask-server.ts";
import { type Asked, latestAnswer } from "./latest-answer.ts";
import type { Answers } from "./palette-groups.ts";

const REST = 160;
/** A single letter is in everything. */
const SHORTEST = 2;

export type Known = {
  /** The answer to this text, or while it is on its way to the one before; null for a text too short to ask for. */
  readonly asked: Asked<Answers> | null;
  readonly isWaiting: boolean;
};

/** What the server has of a text. */
export function useAnswers(organization: string, text: string): Known {
  const [asked, setAsked] = useState<Asked<Answers> | null>(null);
  const latest = useMemo(
    () => latestAnswer({ rest: REST, tell: setAsked, ask: (text, signal) => askServer(organization, text, signal) }),
    [organization],
  );
  const isAsked = text.length >= SHORTEST;
  useEffect(() => {
    if (isAsked) latest.want(text);
    return latest.stop;
  }, [latest, text, isAsked]);
  return { asked: isAsked ? asked : null, isWaiting: isAsked && asked?.text !== text };
}
