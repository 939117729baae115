"use client";

import { useState } from "react";

/** Lines to paste into a shell, with a button that copies them where the browser lets it. */
export function ShellLines({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
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
    <div className="shell">
      <section aria-label={label}>
        <pre>
          <code>{text}</code>
        </pre>
      </section>
      <button type="button" onClick={copy}>
        Copy
      </button>
      <output>{said}</output>
    </div>
  );
}
