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

/** Long enough to see the last tick. */
const PAUSE = 2000;

type FirstReleasePanelProps = {
  readonly place: ReportTarget;
  /** A token to fill in; null shows where it goes. */
  readonly token: string | null;
  readonly progress: FirstReleaseProgress | null;
};

/** What to type for the first release, and what of it has arrived; opens the release once all of it has. */
export function FirstReleasePanel({ place, token, progress }: FirstReleasePanelProps) {
  const router = useRouter();
  const [way, setWay] = useState<ReportingClient>("sentry-cli");
  const release = progress ? organizationUrls(place.organization).release(progress.version) : null;
  const isWhole = progress !== null && progress.commits > 0 && progress.environment !== null;
  useEffect(() => {
    if (!isWhole || release === null) return;
    const timer = setTimeout(() => router.push(release), PAUSE);
    return () => clearTimeout(timer);
  }, [isWhole, release, router]);
  return (
    <div className="stack">
      <RefreshOn kinds="release deploy commits" />
      <div className="row spread">
        <p className={classes["what"]}>Paste this into a shell, inside a git repository:</p>
        <SegmentedControl
          size="xs"
          aria-label="Client"
          value={way}
          data={[...REPORTING_CLIENTS]}
          onChange={(value) => setWay(REPORTING_CLIENTS.find((one) => one === value) ?? way)}
        />
      </div>
      {way === "sentry-cli" && (
        <p className="soft">
          Without sentry-cli: <code>npm install --global @sentry/cli</code> — or choose curl.
        </p>
      )}
      <CommandBlock label={`A first release with ${way}`} lines={firstReleaseCommands(way, place, token)} />
      <ol className={classes["steps"]} aria-label="What has arrived" aria-live="polite">
        <Step name="Release" fact={progress?.version} />
        <Step name="Commits" fact={progress && progress.commits > 0 ? String(progress.commits) : undefined} />
        <Step name="People" fact={progress && progress.people > 0 ? String(progress.people) : undefined} />
        <Step name="Deploy" fact={progress?.environment ?? undefined} />
      </ol>
      {release === null ? (
        <p className="soft">Waiting for your first release…</p>
      ) : (
        <p>
          <PageLink href={release}>Open the release</PageLink>
          {isWhole ? " — everything is here, opening it…" : " as it is, or go on: the rest appears here by itself."}
        </p>
      )}
    </div>
  );
}

function Step({ name, fact }: { readonly name: string; readonly fact: string | undefined }) {
  return (
    <li data-done={fact !== undefined || undefined}>
      <span aria-hidden="true">{fact === undefined ? "○" : "✓"}</span>
      {name}
      <strong className="cut">{fact ?? <span className="unseen">not yet</span>}</strong>
    </li>
  );
}
