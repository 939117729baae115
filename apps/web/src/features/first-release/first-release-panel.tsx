"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import type { FirstReleaseProgress, ReportTarget } from "./first-release.ts";
import { ReportCommands } from "./report-commands.tsx";
import classes from "./first-release-panel.module.css";

/** Delay before the release opens, so that all steps are seen, in milliseconds. */
const REDIRECT_DELAY = 3000;

type FirstReleasePanelProps = {
  readonly target: ReportTarget;
  /** The token in the commands; null for a placeholder. */
  readonly token: string | null;
  readonly progress: FirstReleaseProgress | null;
};

type FirstReleaseGateProps = {
  readonly isFirstOpen: boolean;
  readonly panel: ReactNode;
  readonly children: ReactNode;
};

/**
 * Shows the panel of the first release while it is open. A page that has shown it keeps it when the release becomes complete, so that the
 * last step is seen before the release opens.
 */
export function FirstReleaseGate({ isFirstOpen, panel, children }: FirstReleaseGateProps) {
  const [wasOpen] = useState(isFirstOpen);
  return isFirstOpen || wasOpen ? panel : children;
}

/** The commands for the first release, and its progress. Opens the release when it is complete. */
export function FirstReleasePanel({ target, token, progress }: FirstReleasePanelProps) {
  const router = useRouter();
  const release = progress ? organizationUrls(target.organization).release(progress.version) : null;
  const isComplete = progress !== null && progress.commits > 0 && progress.people > 0 && progress.environment !== null;
  useEffect(() => {
    if (!isComplete || release === null) return;
    const timer = setTimeout(() => router.push(release), REDIRECT_DELAY);
    return () => clearTimeout(timer);
  }, [isComplete, release, router]);
  return (
    <div className="stack">
      <RefreshOn kinds="release deploy commits" />
      <ReportCommands target={target} token={token} />
      <ol className={classes["steps"]} aria-label="Progress" aria-live="polite">
        <Step name="Release" value={progress?.version} />
        <Step name="Commits" value={progress && progress.commits > 0 ? String(progress.commits) : undefined} />
        <Step name="Contributors" value={progress && progress.people > 0 ? String(progress.people) : undefined} />
        <Step name="Deploy" value={progress?.environment ?? undefined} />
      </ol>
      {release === null ? (
        <p className="soft">Waiting for your first release…</p>
      ) : (
        <p>
          <PageLink href={release}>Open the release</PageLink>
          {isComplete ? " (complete, opening…)" : " now, or continue. The next steps appear here when they are reported."}
        </p>
      )}
    </div>
  );
}

function Step({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  return (
    <li data-done={value !== undefined || undefined}>
      <span aria-hidden="true">{value === undefined ? "○" : "✓"}</span>
      {name}
      <strong className="cut">{value ?? <span className="unseen">not yet</span>}</strong>
    </li>
  );
}
