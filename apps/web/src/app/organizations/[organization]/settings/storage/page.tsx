import { formatBytes, formatCount } from "@landfall/domain/format";
import type { StorageView } from "@landfall/schema/artifacts/retention";
import type { Metadata } from "next";
import { KINDS, RunTable, StorageTable } from "#features/storage/storage-tables.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { Pager } from "#ui/table/pager.tsx";
import classes from "#features/storage/storage.module.css";

export const metadata: Metadata = { title: "Storage" };

type StorageProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The storage that artifacts use, the retention rules of projects, and retention runs. */
export default async function Storage({ params, searchParams }: StorageProps) {
  const { call, organization, can, to } = await organizationPage((await params).organization);
  const search = await searchParams;
  const at = { cursor: textParam(search, "cursor"), runs: textParam(search, "runs") };
  const mayChange = can("project:write", "project:admin");
  const [storage, runs, environments] = await Promise.all([
    pageAt(at.cursor, (cursor) => call.artifacts.storage({ organization, ...cursor })),
    pageAt(at.runs, (cursor) => call.retention.runs({ organization, per_page: 20, ...cursor })),
    mayChange ? call.environments.list({ organization, visibility: "all" }) : null,
  ]);
  const path = to.settings("storage");
  const { projects } = storage;
  return (
    <>
      <RefreshOn kinds="retention bundle archive file release project" />
      <SectionHeader title="Storage" facts={factsOf(storage)} />
      <SweepNotice refusal={storage.sweepRefusal} />
      {projects.items.length === 0 ? (
        <EmptyState title="No projects yet">
          <PageLink href={to.settings("projects")}>Show projects</PageLink>
        </EmptyState>
      ) : (
        <>
          {storage.quota !== null && (
            <meter
              className={classes["quota"]}
              aria-label="Quota used"
              min={0}
              max={storage.quota}
              high={storage.quota * 0.8}
              value={Math.min(storage.bytes, storage.quota)}
            />
          )}
          <ul className={classes["key"]}>
            {KINDS.map(([kind, name]) => (
              <li key={kind}>
                <span data-kind={kind} aria-hidden="true" />
                {name}: {formatBytes(storage.kinds[kind].bytes)}, {formatCount(storage.kinds[kind].files, "file")}
              </li>
            ))}
          </ul>
          <StorageTable
            organization={organization}
            rows={projects.items}
            largest={Math.max(...projects.items.map(({ bytes }) => bytes))}
            environments={environments?.items.map(({ name }) => name) ?? null}
            to={to}
          />
          <Pager page={projects} names={NAMES} hrefOf={(cursor) => path + queryString({ ...at, cursor })} />
        </>
      )}
      <SectionHeader
        title="Retention runs"
        facts="Rules run every night. They delete only artifacts. Releases, commits and deploys are kept."
      />
      <RunTable runs={runs.items} />
      <Pager page={runs} names={RUN_NAMES} hrefOf={(cursor) => path + queryString({ ...at, runs: cursor })} />
    </>
  );
}

const NAMES = { previous: "Larger", next: "Smaller" };
const RUN_NAMES = { previous: "Newer", next: "Older" };

/** Why the server currently deletes no artifacts. */
function SweepNotice({ refusal }: { readonly refusal: StorageView["sweepRefusal"] }) {
  if (refusal === null) return null;
  const sentence = SWEEP_REFUSALS[refusal.reason] ?? "";
  if (!refusal.isProblem) return <p>{sentence} The server deletes no artifacts for a day.</p>;
  return (
    <p className="wrong" role="alert">
      {sentence} The server deletes no artifacts until an operator has fixed this. See its log and <code>npm run admin -- check</code>.
    </p>
  );
}

const SWEEP_REFUSALS: Readonly<Record<string, string>> = {
  other_database: "The artifact store belongs to another database.",
  shared: "Another database uses the same artifact store.",
  unreadable_label: "The label of the artifact store cannot be read.",
  older_than_database: "The artifact store holds artifacts that are older than the database and unknown to it.",
  many_strays: "More than a fifth of the artifact store is unknown to the database.",
  new: "The artifact store was first used with this database.",
  restored: "The database was restored.",
  went_back: "The database was replaced by an earlier state.",
};

function factsOf({ bytes, sharedBytes, chunks, quota }: StorageView): string {
  return [
    quota === null
      ? `The artifacts of this organization use ${formatBytes(bytes)}.`
      : `The artifacts of this organization use ${formatBytes(bytes)} of its quota of ${formatBytes(quota)}.`,
    ...(quota !== null && bytes >= quota ? ["New uploads are rejected until artifacts are deleted."] : []),
    ...(chunks.count > 0 ? [`Unfinished uploads (${formatBytes(chunks.bytes)}) are deleted within a day.`] : []),
    ...(sharedBytes > 0 ? [`Identical content (${formatBytes(sharedBytes)}) is stored once.`] : []),
  ].join(" ");
}
