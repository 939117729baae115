"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { useReturnFocus } from "#ui/keyboard/use-return-focus.ts";

/** Loaded when the first release is previewed. */
const ReleaseDrawer = dynamic(() => import("./release-drawer.tsx").then((module) => module.ReleaseDrawer), { ssr: false });

type ReleasePeekProps = {
  readonly organization: string;
  /** The versions of the rows, in their order. */
  readonly versions: readonly string[];
};

/** Previews the release of the focused row on Space. Arrow keys, j, and k show the next and previous one; the focus then returns to its row. */
export function ReleasePeek({ organization, versions }: ReleasePeekProps) {
  const [version, setVersion] = useState<string | null>(null);
  const linkRef = useReturnFocus<HTMLElement>(version !== null);
  const focused = () => rowLinks().findIndex((one) => one === document.activeElement);
  useShortcuts("List", [{ keys: "Space", label: "Preview the release", run: () => setVersion(versions[focused()] ?? null) }]);
  const index = version === null ? -1 : versions.indexOf(version);
  useEffect(() => {
    const shown = rowLinks()[index];
    if (!shown) return;
    linkRef.current = shown;
    const row = shown.closest("[data-row]");
    row?.setAttribute("data-previewed", "");
    row?.scrollIntoView({ block: "nearest" });
    return () => row?.removeAttribute("data-previewed");
  }, [index, linkRef]);
  if (version === null) return null;
  const step = (by: 1 | -1) => setVersion(versions[index + by] ?? version);
  return <ReleaseDrawer organization={organization} version={version} onStep={step} onClose={() => setVersion(null)} />;
}

/** The main links of the rows, in the order of the list. */
const rowLinks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row] a[data-open]")];
