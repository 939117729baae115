import type { ProjectStorageView, RetentionRunView } from "@landfall/schema/artifacts/retention";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatBytes, formatCount } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { describeRule, describeTotals } from "./format.ts";
import { EditRule, RunNow } from "./retention-forms.tsx";
import classes from "./storage.module.css";

/** The kinds of artifacts, as they are called. */
export const KINDS = [
  ["bundles", "Bundles"],
  ["files", "Single files"],
  ["archives", "Archives"],
] as const;

type StorageTableProps = {
  readonly organization: string;
  readonly rows: readonly ProjectStorageView[];
  /** What the bars are measured by. */
  readonly largest: number;
  /** The environments to choose among; null for who may not change rules. */
  readonly environments: readonly string[] | null;
  readonly to: OrganizationUrls;
};

/** What each project takes up, and what it keeps. */
export function StorageTable({ rows, ...of }: StorageTableProps) {
  return <DataTable caption="What projects take up" columns={columnsOf(of)} rows={rows} keyOf={({ project }) => project.id} empty={null} />;
}

function columnsOf({ organization, largest, environments, to }: Omit<StorageTableProps, "rows">): readonly Column<ProjectStorageView>[] {
  const shown: readonly Column<ProjectStorageView>[] = [
    {
      key: "project",
      head: "Project",
      cell: ({ project }) => (
        <PageLink href={to.project(project.slug)} data-open="">
          {project.slug}
        </PageLink>
      ),
    },
    { key: "bytes", head: "Takes up", align: "end", cell: ({ bytes }) => formatBytes(bytes) },
    { key: "bar", head: "By kind", hideBelow: "tablet", cell: ({ kinds }) => <Bar kinds={kinds} largest={largest} /> },
    ...KINDS.map(([kind, name]): Column<ProjectStorageView> => ({
      key: kind,
      head: name,
      align: "end",
      hideBelow: "tablet",
      cell: ({ kinds }) => <Amount amount={kinds[kind]} />,
    })),
    { key: "rule", head: "Rule", grows: true, cell: ({ rule }) => <div className={classes["rule"]}>{describeRule(rule)}</div> },
  ];
  if (environments === null) return shown;
  const acts: Column<ProjectStorageView> = {
    key: "acts",
    head: "What to do",
    hidesHead: true,
    align: "end",
    cell: ({ project, rule }) => (
      <>
        <EditRule organization={organization} project={project.slug} rule={rule} environments={environments} />
        {rule.dateChanged !== null && <RunNow organization={organization} project={project.slug} rule={rule} />}
      </>
    ),
  };
  return [...shown, acts];
}

function Amount({ amount }: { readonly amount: ProjectStorageView["kinds"]["bundles"] }) {
  if (amount.count === 0) return <span className="soft">none</span>;
  return (
    <>
      {formatBytes(amount.bytes)} <span className="soft">{formatCount(amount.files, "file")}</span>
    </>
  );
}

/** The figures stand in the columns beside it. */
function Bar({ kinds, largest }: { readonly kinds: ProjectStorageView["kinds"]; readonly largest: number }) {
  return (
    <div className={classes["bar"]} aria-hidden="true">
      {KINDS.map(([kind]) => (
        <span key={kind} data-kind={kind} style={{ width: `${largest === 0 ? 0 : (100 * kinds[kind].bytes) / largest}%` }} />
      ))}
    </div>
  );
}

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
