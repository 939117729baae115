import type { BoardCellView } from "@landfall/schema/views/board";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { CommandLine } from "../../../../../ui/command-line.tsx";
import { Deployer } from "../../../../../ui/deploys/deployer.tsx";
import { NothingHere } from "../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { driftInWords } from "./drift-in-words.ts";

/** What is in each environment of a project now, production first. */
export function NowTable({ to, cells }: { readonly to: Addresses; readonly cells: readonly BoardCellView[] }) {
  return (
    <DataTable
      caption="Environments"
      columns={columnsOf(to)}
      rows={cells.toReversed()}
      keyOf={({ environment }) => environment}
      empty={
        <NothingHere title="It was deployed nowhere, as far as anybody has told">
          <CommandLine command="sentry-cli deploys new --release <version> -e production" />
        </NothingHere>
      }
    />
  );
}

const columnsOf = (to: Addresses): readonly Column<BoardCellView>[] => [
  {
    key: "environment",
    head: "Environment",
    cell: ({ environment }) => (
      <PageLink href={to.environment(environment)} data-open="">
        {environment}
      </PageLink>
    ),
  },
  {
    key: "version",
    head: "Version",
    grows: true,
    cell: ({ release: { version } }) => (
      <PageLink href={to.release(version)} title={version}>
        {version}
      </PageLink>
    ),
  },
  {
    key: "drift",
    head: "Drift",
    hideBelow: "phone",
    cell: ({ drift, release }) =>
      drift &&
      (drift.state === "same" ? (
        <span className="soft">{driftInWords(drift)}</span>
      ) : (
        <PageLink
          href={to.compare(
            drift.state === "behind" ? { base: drift.version, head: release.version } : { base: release.version, head: drift.version },
          )}
        >
          {driftInWords(drift)}
        </PageLink>
      )),
  },
  { key: "since", head: "Deployed", align: "end", cell: ({ deploy }) => <TimeAgo at={deploy.dateFinished} /> },
  {
    key: "by",
    head: "By",
    hideBelow: "phone",
    cell: ({ deploy: { deployer } }) => <Deployer deployer={deployer} />,
  },
];
