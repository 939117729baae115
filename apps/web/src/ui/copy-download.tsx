"use client";

import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { copyText } from "./copy-text.ts";
import classes from "./copy-download.module.css";

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

type DownloadButtonProps = { readonly text: string; readonly name: string; readonly type: string; readonly children: string };

/** Saves a text of the page as a file. */
export function DownloadButton({ text, name, type, children }: DownloadButtonProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <span className={classes["copy"]}>
      <button type="button" onClick={save} title={`Download ${name}`}>
        <IconDownload size={14} aria-hidden="true" />
        {children}
      </button>
    </span>
  );
}
