"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { CommandBlock } from "#ui/command-block.tsx";
import {
  firstReleaseCommands,
  PIPELINE_NAMES,
  type PipelineName,
  PIPELINES,
  REPORTING_CLIENTS,
  type ReportingClient,
  type ReportTarget,
} from "./first-release.ts";
import classes from "./first-release-panel.module.css";

type ReportCommandsProps = {
  readonly target: ReportTarget;
  /** The token in the commands; null for a placeholder. */
  readonly token: string | null;
};

const SHELL = "Shell";

/** How to report a release: from a shell with one of the clients, or from a CI system. */
export function ReportCommands({ target, token }: ReportCommandsProps) {
  const [place, setPlace] = useState<PipelineName | typeof SHELL>(SHELL);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Report from"
        className={classes["places"] ?? ""}
        value={place}
        data={[SHELL, ...PIPELINE_NAMES]}
        onChange={(value) => setPlace(PIPELINE_NAMES.find((one) => one === value) ?? SHELL)}
      />
      {place === SHELL ? <ShellCommands target={target} token={token} /> : <Pipeline name={place} target={target} token={token} />}
    </>
  );
}

function ShellCommands({ target, token }: ReportCommandsProps) {
  const [client, setClient] = useState<ReportingClient>("sentry-cli");
  return (
    <>
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
    </>
  );
}

function Pipeline({ name, target, token }: ReportCommandsProps & { readonly name: PipelineName }) {
  const { secret, file, lines } = PIPELINES[name](target);
  return (
    <>
      {isOnlyLocal(target.url) && (
        <p className="wrong">CI cannot reach {target.url}. Set LANDFALL_URL to a URL of this server that it can reach.</p>
      )}
      <p className={classes["intro"]}>1. Store the token: {secret}.</p>
      {token !== null && <CommandBlock label={`Token for ${name}`} lines={[token]} />}
      <p className={classes["intro"]}>
        2. Commit this as <code>{file}</code>:
      </p>
      <CommandBlock label={`A first release with ${name}`} lines={lines} />
    </>
  );
}

/** Whether only the machine of the server can reach a URL. */
const isOnlyLocal = (url: string): boolean => /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(url);
