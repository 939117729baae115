import type { RetentionRunView } from "@landfall/schema/views/retention";
import { formatBytes } from "../../../../../ui/bytes-text.ts";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import classes from "./storage.module.css";
import { describeTotals } from "./totals-words.ts";

/** What was removed, by whom and when. */
export function RunTable({ runs }: { readonly runs: readonly RetentionRunView[] }) {
  return (
    <DataTable
      caption="What was removed"
      columns={RUN_COLUMNS}
      rows={runs}
      keyOf={({ id }) => id}
      empty={
        <EmptyState title="No rule was run yet.">
          <p>Rules are run every night; each run is written down here, with what went.</p>
        </EmptyState>
      }
    />
  );
}

const RUN_COLUMNS: readonly Column<RetentionRunView>[] = [
  { key: "when", head: "When", cell: ({ dateStarted }) => <TimeAgo at={dateStarted} /> },
  { key: "project", head: "Project", cell: ({ project }) => project.slug },
  { key: "who", head: "By", hideBelow: "tablet", cell: ({ actor }) => (actor.kind === "system" ? "the server" : actor.name) },
  { key: "bytes", head: "Freed", align: "end", cell: ({ bytes }) => formatBytes(bytes) },
  { key: "what", head: "What went", grows: true, cell: (run) => <div className={classes["rule"]}>{describeRun(run)}</div> },
];

function describeRun(run: RetentionRunView): string {
  const words = describeTotals(run);
  const named = run.versions.slice(0, VERSIONS_SHOWN);
  const more = run.releases - named.length;
  const which = named.length === 0 ? "" : ` (${named.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
  const went = words === "nothing" ? "Nothing" : words.slice(words.indexOf(": ") + 2) + which;
  if (run.failure !== null) return `${went}. ${run.failure}`;
  return run.dateFinished === null ? `${went} so far; it goes on, or was cut off` : went;
}

/** So many versions are named in a line. */
const VERSIONS_SHOWN = 5;
