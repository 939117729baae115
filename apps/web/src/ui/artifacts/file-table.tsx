import type { BundleFileLineView, FileKind } from "@landfall/schema/views/bundle-line";
import type { ReactNode } from "react";
import { formatBytes } from "../bytes-text.ts";
import { Chip } from "../chip.tsx";
import { CopyButton } from "../copy-button.tsx";
import { type Column, DataTable } from "../table/data-table.tsx";
import { CheckMap } from "./check-map.tsx";
import { DownloadLink } from "./download-link.tsx";
import { MISSING_LABELS, describeMissing } from "./missing-words.ts";
import classes from "./artifacts.module.css";

type FileTableProps = {
  readonly files: readonly BundleFileLineView[];
  /** Where the bytes of a file are; null where the viewer may not read them. */
  readonly hrefOf: ((file: BundleFileLineView) => string) | null;
  readonly named: { readonly organization: string; readonly project: string; readonly bundle: string };
  readonly empty: ReactNode;
};

/** The files of a bundle, one line each. */
export function FileTable(props: FileTableProps) {
  const { files, empty } = props;
  return <DataTable caption="Files of the bundle" columns={columnsOf(props)} rows={files} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = ({ hrefOf, named }: FileTableProps): readonly Column<BundleFileLineView>[] => [
  {
    key: "name",
    head: "File",
    grows: true,
    cell: ({ name }) => (
      <span className="mono" title={name}>
        {name}
      </span>
    ),
  },
  { key: "kind", head: "Type", hideBelow: "phone", cell: ({ kind }) => KIND_LABELS[kind] },
  {
    key: "map",
    head: "Leads to source",
    cell: (file) => <LeadsToSource file={file} named={hrefOf ? named : null} />,
  },
  {
    key: "debug-id",
    head: "Debug id",
    hideBelow: "tablet",
    cell: ({ debugId }) => (debugId === null ? <span className="soft">none</span> : <DebugId id={debugId} />),
  },
  { key: "size", head: "Size", align: "end", hideBelow: "phone", cell: ({ size }) => formatBytes(size) },
  ...(hrefOf
    ? [
        {
          key: "acts",
          head: "What to do",
          hidesHead: true,
          align: "end",
          cell: (file: BundleFileLineView) => <DownloadLink href={hrefOf(file)} what={file.name} />,
        } as const,
      ]
    : []),
];

const KIND_LABELS: Readonly<Record<FileKind, string>> = {
  unknown: "not said",
  source: "source",
  minified: "minified",
  map: "source map",
  "ram-bundle": "RAM bundle",
};

type LeadsProps = { readonly file: BundleFileLineView; readonly named: FileTableProps["named"] | null };

function LeadsToSource({ file: { id, name, kind, missing }, named }: LeadsProps) {
  if (missing)
    return (
      <Chip tone="warn" title={describeMissing(missing)}>
        {MISSING_LABELS[missing.reason]}
      </Chip>
    );
  if (kind === "minified") return <Chip tone="ok">by its map</Chip>;
  return kind === "map" && named ? <CheckMap {...named} file={id} name={name} /> : <span className="soft">—</span>;
}

function DebugId({ id }: { readonly id: string }) {
  return (
    <span className={classes["copied"]} title={id}>
      <span className="mono">{id.slice(0, 8)}</span>
      <CopyButton text={id} what={`the debug id ${id}`} />
    </span>
  );
}
