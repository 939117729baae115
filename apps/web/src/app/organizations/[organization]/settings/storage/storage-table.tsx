import type { ProjectStorageView } from "@landfall/schema/views/retention";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { formatBytes } from "../../../../../ui/bytes-text.ts";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { EditRule } from "./edit-rule.tsx";
import { describeRule } from "./rule-words.ts";
import { RunNow } from "./run-now.tsx";
import classes from "./storage.module.css";
import { formatCount } from "../../../../../ui/counted.ts";

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
