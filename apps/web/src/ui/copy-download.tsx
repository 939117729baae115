"use client";

import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { COPY_REFUSED, copyText } from "./copy-text.ts";
import classes from "./copy-download.module.css";

type CopyButtonProps = {
  readonly text: string;
  /** What is copied, for the label: "the version". */
  readonly what: string;
  /** Shown beside the icon; without it only the icon is shown. */
  readonly children?: string;
};

/** How long the result is shown, in milliseconds. */
const RESULT_DURATION = 2000;

/** A button that copies a text and shows whether that worked. */
export function CopyButton({ text, what, children }: CopyButtonProps) {
  const [result, setResult] = useState<{ readonly done: boolean; readonly message: string } | null>(null);
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(null), RESULT_DURATION);
    return () => clearTimeout(timer);
  }, [result]);
  const Icon = result?.done ? IconCheck : IconCopy;
  const copy = async () => {
    const done = await copyText(text);
    setResult({ done, message: done ? `Copied ${what}.` : COPY_REFUSED });
  };
  return (
    <span className={classes["copy"]}>
      <button type="button" onClick={() => void copy()} aria-label={children ? undefined : `Copy ${what}`} title={`Copy ${what}`}>
        <Icon size={14} aria-hidden="true" />
        {children}
      </button>
      <output className={result?.done === false ? classes["error"] : "unseen"}>{result?.message}</output>
    </span>
  );
}

type DownloadButtonProps = { readonly text: string; readonly name: string; readonly type: string; readonly children: string };

/** A button that saves a text of the page as a file. */
export function DownloadButton({ text, name, type, children }: DownloadButtonProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // By then the browser has started to read it.
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
