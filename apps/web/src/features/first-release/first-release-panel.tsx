"use client";

import { SegmentedControl } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { CommandBlock } from "#ui/command-block.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import {
  firstReleaseCommands,
  type FirstReleaseProgress,
  REPORTING_CLIENTS,
  type ReportingClient,
  type ReportTarget,
} from "./first-release.ts";
import classes from "./first-release-panel.module.css";

/** Delay before the release opens, so that the last step is seen, in milliseconds. */
const REDIRECT_DELAY = 2000;

type FirstReleasePanelProps = {
  readonly target: ReportTarget;
  /** The token in the commands; null for a placeholder. */
  readonly token: string | null;
  readonly progress: FirstReleaseProgress | null;
};

/** The commands for the first release, and its progress. Opens the release when it is complete. */
export function FirstReleasePanel({ target, token, progress }: FirstReleasePanelProps) {
  const router = useRouter();
  const [client, setClient] = useState<ReportingClient>("sentry-cli");
  const release = progress ? organizationUrls(target.organization).release(progress.version) : null;
  const isComplete = progress !== null && progress.commits > 0 && progress.environment !== null;
  useEffect(() => {
    if (!isComplete || release === null) return;
    const timer = setTimeout(() => router.push(release), REDIRECT_DELAY);
    return () => clearTimeout(timer);
  }, [isComplete, release, router]);
  return (
    <div className="stack">
      <RefreshOn kinds="release deploy commits" />
      <div className="row spread">
        <p className={classes["intro"]}>Paste this into a shell in a git repository:</p>
        <SegmentedControl
          size="xs"
          aria-label="Client"
          value={client}
          data={[...REPORTING_CLIENTS]}
          onChange={(value) => setClient(REPORTING_CLIENTS.find((one) => one === value) ?? client)}
        />
      </div>
      {client === "sentry-cli" && (
        <p className="soft">
          To install sentry-cli: <code>npm install --global @sentry/cli</code>. Or choose curl.
        </p>
      )}
      <CommandBlock label={`A first release with ${client}`} lines={firstReleaseCommands(client, target, token)} />
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
