"use client";

import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { copyText } from "./copy-text.ts";
import classes from "./copy-button.module.css";

type CopyButtonProps = {
  readonly text: string;
  /** What is copied: "the version". */
  readonly what: string;
  /** Shown beside the icon; without it the icon stands alone. */
  readonly children?: string;
};

const SHOWN = 2000;

/** Copies a text, and says whether the browser let it. */
export function CopyButton({ text, what, children }: CopyButtonProps) {
  const [said, setSaid] = useState<{ readonly done: boolean; readonly words: string } | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), SHOWN);
    return () => clearTimeout(timer);
  }, [said]);
  const Icon = said?.done ? IconCheck : IconCopy;
  const copy = async () => {
    const done = await copyText(text);
    setSaid({ done, words: done ? `Copied ${what}.` : "The browser did not allow it; select the text and copy it." });
  };
  return (
    <span className={classes["copy"]}>
      <button type="button" onClick={() => void copy()} aria-label={children ? undefined : `Copy ${what}`} title={`Copy ${what}`}>
        <Icon size={14} aria-hidden="true" />
        {children}
      </button>
      <output className={said?.done === false ? classes["said"] : "unseen"}>{said?.words}</output>
    </span>
  );
}
