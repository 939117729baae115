import { formatBytes, formatCount } from "@landfall/domain/format";
import type { ProjectStorageView, RetentionRunView } from "@landfall/schema/artifacts/retention";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { describeRule, describeTotals } from "./format.ts";
import { EditRule, RunNow } from "./retention-forms.tsx";
import classes from "./storage.module.css";

/** The kinds of artifacts, with labels. */
export const KINDS = [
  ["bundles", "Bundles"],
  ["files", "Single files"],
  ["archives", "Archives"],
] as const;

type StorageTableProps = {
  readonly organization: string;
  readonly rows: readonly ProjectStorageView[];
  /** The largest size in the table, in bytes, which is the full width of a bar. */
  readonly largest: number;
  /** The environments to choose from; null if the viewer may not change rules. */
  readonly environments: readonly string[] | null;
  readonly to: OrganizationUrls;
};

/** The storage and retention rule of each project. */
export function StorageTable({ rows, ...rest }: StorageTableProps) {
  return <DataTable caption="Storage by project" columns={columnsOf(rest)} rows={rows} keyOf={({ project }) => project.id} empty={null} />;
}

function columnsOf({ organization, largest, environments, to }: Omit<StorageTableProps, "rows">): readonly Column<ProjectStorageView>[] {
  const columns: readonly Column<ProjectStorageView>[] = [
    {
      key: "project",
      head: "Project",
      cell: ({ project }) => (
        <PageLink href={to.project(project.slug)} data-open="">
          {project.slug}
        </PageLink>
      ),
    },
    { key: "bytes", head: "Size", align: "end", cell: ({ bytes }) => formatBytes(bytes) },
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
  if (environments === null) return columns;
  const actions = actionsColumn(({ project, rule }: ProjectStorageView) => (
    <>
      <EditRule organization={organization} project={project.slug} rule={rule} environments={environments} />
      {rule.dateChanged !== null && <RunNow organization={organization} project={project.slug} rule={rule} />}
    </>
  ));
  return [...columns, actions];
}

function Amount({ amount }: { readonly amount: ProjectStorageView["kinds"]["bundles"] }) {
  if (amount.count === 0) return <span className="soft">none</span>;
  return (
    <>
      {formatBytes(amount.bytes)} <span className="soft">{formatCount(amount.files, "file")}</span>
    </>
  );
}

/** Hidden from screen readers, since the numbers are in other columns. */
function Bar({ kinds, largest }: { readonly kinds: ProjectStorageView["kinds"]; readonly largest: number }) {
  return (
    <div className={classes["bar"]} aria-hidden="true">
      {KINDS.map(([kind]) => (
        <span key={kind} data-kind={kind} style={{ width: `${largest === 0 ? 0 : (100 * kinds[kind].bytes) / largest}%` }} />
      ))}
    </div>
  );
}

/** The retention runs: when, by whom, and what was deleted. */
export function RunTable({ runs }: { readonly runs: readonly RetentionRunView[] }) {
  return (
    <DataTable
      caption="Retention runs"
      columns={RUN_COLUMNS}
      rows={runs}
      keyOf={({ id }) => id}
      empty={
        <EmptyState title="No retention runs yet">
          <p>Rules run every night. Each run is listed here with what it deleted.</p>
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
  { key: "what", head: "Deleted", grows: true, cell: (run) => <div className={classes["rule"]}>{describeRun(run)}</div> },
];

function describeRun(run: RetentionRunView): string {
  const versions = run.versions.slice(0, MAX_VERSIONS);
  const more = run.releases - versions.length;
  const which = versions.length === 0 ? "" : ` (${versions.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
  const totals = describeTotals(run);
  const deleted = totals === null ? "Nothing" : totals.items + which;
  if (run.failure !== null) return `${deleted}. ${run.failure}`;
  return run.dateFinished === null ? `${deleted} so far; still running, or interrupted` : deleted;
}

/** The most versions in a line. */
const MAX_VERSIONS = 5;
