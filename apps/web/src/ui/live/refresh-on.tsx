"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { subscribeToChanges } from "./live-changes.ts";

/** Changes come in bursts: a release, its commits, its deploy. */
const PAUSE = 400;

/** Reads the page anew when something of these kinds changes: "release", "deploy" and so on, apart by blanks. Nothing typed is lost. */
export function RefreshOn({ kinds }: { readonly kinds: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribeToChanges(kinds.split(" "), () => {
      clearTimeout(timer);
      timer = setTimeout(() => router.refresh(), PAUSE);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [kinds, router]);
  return null;
}
