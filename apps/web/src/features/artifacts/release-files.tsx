import { formatBytes } from "@landfall/domain/format";
import type { ReleaseFileView } from "@landfall/schema/artifacts/release-files";
import type { Page } from "@landfall/schema/page";
import { Chip } from "#ui/chip.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { actionsColumn, FILE_COLUMN } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { DownloadLink, type DownloadUrls } from "./downloads.tsx";
import { ReleaseFileActions } from "./release-file-actions.tsx";
import classes from "./artifacts.module.css";

type ReleaseFilesProps = {
  readonly page: Page<ReleaseFileView>;
  readonly release: { readonly organization: string; readonly version: string };
  readonly downloads: DownloadUrls | null;
  readonly may: { readonly change: boolean; readonly delete: boolean };
  readonly query: string;
  readonly hrefOf: (cursor: string) => string;
};

/** The release's own files: single uploads, then those from archives. */
export function ReleaseFiles(props: ReleaseFilesProps) {
  const { page, query, hrefOf } = props;
  return (
    <section aria-labelledby="own-files">
      <h2 id="own-files">Files of the release</h2>
      <DataTable
        caption="Files of the release"
        columns={columnsOf(props)}
        rows={page.items}
        keyOf={({ id }) => id}
        empty={<EmptyState title={`No files match “${query}”`} />}
      />
      <Pager page={page} names={PAGE_NAMES} hrefOf={hrefOf} />
    </section>
  );
}

const columnsOf = ({ release, downloads, may }: ReleaseFilesProps): readonly Column<ReleaseFileView>[] => [
  FILE_COLUMN,
  {
    key: "dist",
    head: "Dist",
    hideBelow: "tablet",
    cell: ({ dist }) => (dist === null ? <span className="soft">none</span> : <Chip>{dist}</Chip>),
  },
  { key: "upload", head: "Uploaded as", hideBelow: "tablet", cell: ({ id }) => (isSingleUpload(id) ? "single file" : "archive") },
  { key: "map", head: "Source map", hideBelow: "laptop", cell: ({ headers }) => <Reference headers={headers} /> },
  { key: "uploaded", head: "Uploaded", hideBelow: "tablet", cell: ({ dateCreated }) => <TimeAgo at={dateCreated} /> },
  { key: "size", head: "Size", align: "end", hideBelow: "phone", cell: ({ size }) => formatBytes(size) },
  actionsColumn(({ id, name }) => (
    <span className={classes["actions"]}>
      {downloads && <DownloadLink href={downloads.releaseFile(release.version, id)} what={name} />}
      <ReleaseFileActions
        locator={{ ...release, file: id }}
        name={name}
        mayRename={may.change && isSingleUpload(id)}
        mayDelete={may.delete}
      />
    </span>
  )),
];

/** Files from archives have ids that are not numbers (contract 8.1). */
const isSingleUpload = (id: string): boolean => /^\d+$/.test(id);

function Reference({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const entry = Object.entries(headers).find(([name]) => ["sourcemap", "x-sourcemap"].includes(name.toLowerCase()));
  if (!entry) return <span className="soft">—</span>;
  const map = entry[1].startsWith("data:") ? "inline" : entry[1];
  return (
    <span className="mono" title={map}>
      {map.length > MAX_REFERENCE_LENGTH ? `…${map.slice(-MAX_REFERENCE_LENGTH)}` : map}
    </span>
  );
}

const MAX_REFERENCE_LENGTH = 28;
