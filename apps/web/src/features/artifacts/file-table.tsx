import type { BundleFileLineView, FileKind, MissingMapView } from "@landfall/schema/artifacts/artifact-bundles";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { formatBytes } from "#ui/format.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { CheckMap } from "./check-map.tsx";
import { DownloadLink } from "./downloads.tsx";
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

type Reason = MissingMapView["reason"];

/** What is missing of a minified file, shortly. */
export const MISSING_LABELS: Readonly<Record<Reason, string>> = {
  missing: "map missing",
  unsaid: "names no map",
  unreachable: "not findable",
};

/** The same as a sentence, for one file. */
export function describeMissing({ reason, map }: MissingMapView): string {
  switch (reason) {
    case "missing":
      return DEBUG_ID.test(map ?? "")
        ? `No source map with its debug id ${map} is in the bundle.`
        : `It refers to ${map}, which is not in the bundle.`;
    case "unsaid":
      return "It has no debug id and names no source map.";
    case "unreachable":
      return "It has no debug id, and the bundle is of no release: no stack trace leads to it.";
  }
}

const DEBUG_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What mends it. */
export const MISSING_FIXES: Readonly<Record<Reason, string>> = {
  missing: "Upload the folder that holds both the file and its map, as the build left them.",
  unsaid: "Let the build write source maps, inject debug ids into what it made, and upload that.",
  unreachable: "Inject debug ids before the upload, or name the release when uploading.",
};
