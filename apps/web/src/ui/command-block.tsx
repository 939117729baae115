"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { COPY_REFUSED, copyText } from "./copy-text.ts";
import classes from "./command-block.module.css";

/** Lines to paste into a shell, with a button that copies them. */
export function CommandBlock({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
  const [message, setMessage] = useState("");
  const text = lines.join("\n");
  const copy = async () => setMessage((await copyText(text)) ? "Copied." : COPY_REFUSED);
  return (
    <div className={classes["block"]}>
      <section aria-label={label}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- to scroll long lines with the keyboard */}
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
      </section>
      <div className={classes["bar"]}>
        <Button variant="default" size="compact-xs" onClick={() => void copy()}>
          Copy
        </Button>
        <output>{message}</output>
      </div>
    </div>
  );
}
