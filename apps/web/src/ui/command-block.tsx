"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import classes from "./command-block.module.css";

/** Lines to paste into a shell, with a button that copies them where the browser lets it. */
export function CommandBlock({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
  const [said, setSaid] = useState("");
  const text = lines.join("\n");
  const copy = () => {
    if (!("clipboard" in navigator)) return setSaid("Select the lines and copy them: this page is not on a secure address.");
    navigator.clipboard.writeText(text).then(
      () => setSaid("Copied."),
      () => setSaid("The browser did not allow it; select the lines and copy them."),
    );
  };
  return (
    <div className={classes["shell"]}>
      <section aria-label={label}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled with the keyboard */}
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
      </section>
      <div className={classes["bar"]}>
        <output>{said}</output>
        <Button variant="default" size="compact-xs" onClick={copy}>
          Copy
        </Button>
      </div>
    </div>
  );
}
