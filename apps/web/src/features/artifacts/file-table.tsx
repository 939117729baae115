import { formatBytes } from "@landfall/domain/format";
import type { BundleFileLineView, FileKind, MissingMapView } from "@landfall/schema/artifacts/artifact-bundles";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { actionsColumn, FILE_COLUMN } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { CheckMap } from "./check-map.tsx";
import { DownloadLink } from "./downloads.tsx";
import classes from "./artifacts.module.css";

type FileTableProps = {
  readonly files: readonly BundleFileLineView[];
  /** Returns the download URL of a file; null if the viewer may not download. */
  readonly hrefOf: ((file: BundleFileLineView) => string) | null;
  readonly bundle: { readonly organization: string; readonly project: string; readonly bundle: string };
  readonly empty: ReactNode;
};

/** A table of the files of a bundle. */
export function FileTable(props: FileTableProps) {
  const { files, empty } = props;
  return <DataTable caption="Files of the bundle" columns={columnsOf(props)} rows={files} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = ({ hrefOf, bundle }: FileTableProps): readonly Column<BundleFileLineView>[] => [
  FILE_COLUMN,
  { key: "kind", head: "Type", hideBelow: "phone", cell: ({ kind }) => KIND_LABELS[kind] },
  {
    key: "map",
    head: "Resolves to source",
    cell: (file) => <SourceState file={file} bundle={hrefOf ? bundle : null} />,
  },
  {
    key: "debug-id",
    head: "Debug id",
    hideBelow: "tablet",
    cell: ({ debugId }) => (debugId === null ? <span className="soft">none</span> : <DebugId id={debugId} />),
  },
  { key: "size", head: "Size", align: "end", hideBelow: "phone", cell: ({ size }) => formatBytes(size) },
  ...(hrefOf ? [actionsColumn((file: BundleFileLineView) => <DownloadLink href={hrefOf(file)} what={file.name} />)] : []),
];

const KIND_LABELS: Readonly<Record<FileKind, string>> = {
  unknown: "unknown",
  source: "source",
  minified: "minified",
  map: "source map",
  "ram-bundle": "RAM bundle",
};

type SourceStateProps = { readonly file: BundleFileLineView; readonly bundle: FileTableProps["bundle"] | null };

function SourceState({ file: { id, name, kind, missing }, bundle }: SourceStateProps) {
  if (missing)
    return (
      <Chip tone="warn" title={describeMissing(missing)}>
        {MISSING_LABELS[missing.reason]}
      </Chip>
    );
  if (kind === "minified") return <Chip tone="ok">yes</Chip>;
  return kind === "map" && bundle ? <CheckMap {...bundle} file={id} name={name} /> : <span className="soft">—</span>;
}

function DebugId({ id }: { readonly id: string }) {
  return (
    <span className={classes["copied"]} title={id}>
      <span className="mono">{id.slice(0, 8)}</span>
      <CopyButton text={id} what={`the debug id ${id}`} />
    </span>
  );
}

type Reason = MissingMapView["reason"];

/** Short labels of why a minified file cannot be resolved. */
export const MISSING_LABELS: Readonly<Record<Reason, string>> = {
  missing: "map missing",
  "no-reference": "no map reference",
  unreachable: "cannot be found",
};

/** Describes in a sentence why a file cannot be resolved. */
export function describeMissing({ reason, map }: MissingMapView): string {
  switch (reason) {
    case "missing":
      return DEBUG_ID.test(map ?? "")
        ? `No source map with its debug id ${map} is in the bundle.`
        : `It refers to ${map}, which is not in the bundle.`;
    case "no-reference":
      return "It has no debug id and no reference to a source map.";
    case "unreachable":
      return "It has no debug id and the bundle has no release, so no stack trace refers to it.";
  }
}

const DEBUG_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The fix for each reason. */
export const MISSING_FIXES: Readonly<Record<Reason, string>> = {
  missing: "Upload the build output folder that contains both the file and its map.",
  "no-reference": "Configure the build to write source maps, inject debug ids into its output, and upload that.",
  unreachable: "Inject debug ids before the upload, or specify the release when uploading.",
};
