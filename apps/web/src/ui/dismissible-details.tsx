"use client";

import { type ReactNode, useEffect, useRef } from "react";

type DismissibleDetailsProps = {
  readonly name: string;
  readonly className: string | undefined;
  readonly summary: ReactNode;
  readonly children: ReactNode;
};

/** A popover made of `<details>`: Escape, and a click or the focus outside, close it. The browser keeps at most one open of those with the same name. */
export function DismissibleDetails({ name, className, summary, children }: DismissibleDetailsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = () => details.current?.removeAttribute("open");
    const onOutside = ({ target }: Event) => {
      if (target instanceof Node && !details.current?.contains(target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !details.current?.open) return;
      event.preventDefault();
      close();
      details.current.querySelector("summary")?.focus();
    };
    document.addEventListener("click", onOutside);
    document.addEventListener("focusin", onOutside);
    // In the capture phase, so that the page's own Escape shortcut sees that the key was handled.
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("click", onOutside);
      document.removeEventListener("focusin", onOutside);
      document.removeEventListener("keydown", onKey, true);
    };
  }, []);
  return (
    <details ref={details} name={name} className={className}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
