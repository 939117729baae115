import { formatBytes } from "@landfall/domain/format";
import type { BundleLineView } from "@landfall/schema/artifacts/artifact-bundles";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { DeleteBundle } from "./delete-bundle.tsx";
import { DownloadLink, type DownloadUrls } from "./downloads.tsx";
import classes from "./artifacts.module.css";

export type BundleTableProps = {
  readonly bundles: readonly BundleLineView[];
  readonly organization: string;
  readonly to: OrganizationUrls;
  /** Null if the viewer may not download artifacts. */
  readonly downloads: DownloadUrls | null;
  readonly mayDelete: boolean;
  /** Returns the project in which a bundle is shown and deleted. */
  readonly projectOf: (bundle: BundleLineView) => string;
  readonly hrefOf: (bundle: BundleLineView) => string;
  /** The bundle whose files are shown. */
  readonly shown: string | null;
  /** Whether all bundles belong to the release of the page. */
  readonly isOfRelease?: boolean;
  readonly empty: ReactNode;
};

/** A table of artifact bundles. */
export function BundleTable(props: BundleTableProps) {
  const { bundles, empty } = props;
  return <DataTable caption="Bundles" columns={columnsOf(props)} rows={bundles} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (props: BundleTableProps): readonly Column<BundleLineView>[] => [
  {
    key: "bundle",
    head: "Bundle",
    cell: (bundle) => (
      <PageLink
        href={props.hrefOf(bundle)}
        className={`mono ${classes["id"]}`}
        data-open=""
        aria-current={bundle.id === props.shown ? "true" : undefined}
        title={bundle.bundleId}
        scroll={false}
      >
        {bundle.bundleId.slice(0, 8)}
      </PageLink>
    ),
  },
  {
    key: "release",
    head: props.isOfRelease ? "Dist" : "Release",
    grows: true,
    cell: (bundle) => (props.isOfRelease ? <Dists bundle={bundle} /> : <Releases bundle={bundle} to={props.to} />),
  },
  { key: "projects", head: "Projects", hideBelow: "laptop", cell: ({ projects }) => <Projects slugs={projects} to={props.to} /> },
  {
    key: "uploaded",
    head: "Uploaded",
    hideBelow: "tablet",
    cell: ({ date, dateModified }) => (
      <>
        <TimeAgo at={date} />
        {dateModified && (
          <span className="soft">
            , again <TimeAgo at={dateModified} />
          </span>
        )}
      </>
    ),
  },
  { key: "files", head: "Files", align: "end", cell: ({ fileCount }) => fileCount.toLocaleString("en") },
  { key: "size", head: "Size", align: "end", hideBelow: "phone", cell: ({ size }) => formatBytes(size) },
  { key: "missing", head: "Missing", cell: (bundle) => <Missing bundle={bundle} /> },
  actionsColumn((bundle) => (
    <span className={classes["actions"]}>
      {props.downloads && (
        <DownloadLink href={props.downloads.bundle(props.projectOf(bundle), bundle.id)} what={`the bundle ${bundle.bundleId}`} />
      )}
      {props.mayDelete && <DeleteBundle organization={props.organization} project={props.projectOf(bundle)} bundle={bundle.bundleId} />}
    </span>
  )),
];

function Dists({ bundle }: { readonly bundle: BundleLineView }) {
  const dists = [...new Set(bundle.associations.map(({ dist }) => dist))];
  return dists.map((dist) =>
    dist === null ? (
      <span key="" className="soft">
        none
      </span>
    ) : (
      <Chip key={dist}>{dist}</Chip>
    ),
  );
}

function Releases({ bundle: { associations }, to }: { readonly bundle: BundleLineView; readonly to: OrganizationUrls }) {
  const [first] = associations;
  if (!first) return <span className="soft">debug ids only</span>;
  return (
    <span className={classes["release"]}>
      <PageLink href={to.release(first.release, "artifacts")} title={first.release}>
        {first.release}
      </PageLink>
      {first.dist !== null && <Chip>{first.dist}</Chip>}
      {associations.length > 1 && <span className="soft">and {associations.length - 1} more</span>}
    </span>
  );
}

function Projects({ slugs, to }: { readonly slugs: readonly string[]; readonly to: OrganizationUrls }) {
  const [first] = slugs;
  if (first === undefined) return null;
  return (
    <>
      <PageLink href={to.artifacts(first)}>{first}</PageLink>
      {slugs.length > 1 && (
        <span className="soft" title={slugs.join(", ")}>
          {" "}
          and {slugs.length - 1} more
        </span>
      )}
    </>
  );
}

function Missing({ bundle: { counts } }: { readonly bundle: BundleLineView }) {
  if (counts === null)
    return (
      <span className="soft" title="Too many files to count here. Open the bundle.">
        not counted
      </span>
    );
  if (counts.minified === 0) return <span className="soft">no scripts</span>;
  if (counts.missing === 0) return <Chip tone="ok">none</Chip>;
  return (
    <Chip tone="warn" title={`${counts.missing} of ${counts.minified} minified files cannot be resolved to source`}>
      {counts.missing} of {counts.minified}
    </Chip>
  );
}
