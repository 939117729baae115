"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Suspense, useEffect, useState } from "react";
import classes from "./navigation-bar.module.css";

/** A line at the top while the next page is on its way. */
export function LoadingBar() {
  return (
    <Suspense>
      <LoadingLine />
    </Suspense>
  );
}

function LoadingLine() {
  const here = `${usePathname()}?${useSearchParams().toString()}`;
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (
        !link ||
        link.ariaHasPopup === "dialog" ||
        link.target === "_blank" ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        event.button !== 0
      )
        return;
      const url = new URL(link.href);
      if (url.origin === location.origin && url.pathname + url.search !== location.pathname + location.search) setLeaving(here);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [here]);
  if (leaving !== here) return null;
  return <output className={classes["line"]} aria-label="Loading the page" />;
}
