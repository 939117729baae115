"use client";

import { type ReactNode, useEffect, useRef } from "react";

type DismissibleDetailsProps = {
  readonly name: string;
  readonly className: string | undefined;
  readonly summary: ReactNode;
  readonly children: ReactNode;
};

/** A popover made of `<details>`: Escape and a click outside close it. The browser keeps at most one open of those with the same name. */
export function DismissibleDetails({ name, className, summary, children }: DismissibleDetailsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = () => details.current?.removeAttribute("open");
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Node && !details.current?.contains(target)) close();
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== "Escape" || !details.current?.open) return;
      close();
      details.current.querySelector("summary")?.focus();
    };
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("click", onClick);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <details ref={details} name={name} className={className}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
