"use client";

import { IconDownload } from "@tabler/icons-react";
import classes from "./copy-button.module.css";

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
