import type { BundleFileLineView, BundleLineView } from "@landfall/schema/views/bundle-line";
import type { Page } from "@landfall/schema/views/page";
import { formatBytes } from "../bytes-text.ts";
import { CopyButton } from "../copy-button.tsx";
import { EmptyState } from "../nothing-here.tsx";
import { PageLink } from "../page-link.tsx";
import { Pager } from "../table/pager.tsx";
import { formatCount } from "../counted.ts";
import type { DownloadUrls } from "./download-addresses.ts";
import { FileTable } from "./file-table.tsx";
import { MissingSources } from "./what-is-missing.tsx";
import classes from "./artifacts.module.css";

/** A bundle with a page of its files, and the first of those that lead to no source. */
export type ReadBundle = {
  readonly project: string;
  readonly bundle: BundleLineView;
  readonly files: Page<BundleFileLineView>;
  readonly missing: readonly BundleFileLineView[];
};

/** What of a list an address asks for. */
export type FileFilter = { readonly query: string; readonly onlyMissing: boolean };

type BundleFilesProps = {
  readonly read: ReadBundle;
  readonly organization: string;
  readonly downloads: DownloadUrls | null;
  readonly asked: FileFilter;
  /** The address of the same bundle, asked otherwise. */
  readonly hrefOf: (asked: Partial<FileFilter> & { readonly cursor?: string }) => string;
};

/** A bundle: what it is, what is missing in it, and its files. */
export function BundleFiles({ read, organization, downloads, asked, hrefOf }: BundleFilesProps) {
  const { project, bundle, files, missing } = read;
  const { bundleId, counts } = bundle;
  return (
    <section aria-labelledby="bundle">
      <h2 id="bundle">
        Files of bundle <span className="mono">{bundleId.slice(0, 8)}</span>
      </h2>
      <BundleFacts bundle={bundle} />
      {counts && counts.missing > 0 && (
        <MissingSources
          bundle={bundle}
          project={project}
          shown={missing}
          href={asked.onlyMissing ? null : hrefOf({ onlyMissing: true, query: "" })}
        />
      )}
      {(asked.query !== "" || asked.onlyMissing) && (
        <p className={classes["note"]}>
          {asked.onlyMissing ? "Only files that lead to no source" : `Only files with “${asked.query}” in their name or as their debug id`}.{" "}
          <PageLink href={hrefOf({ onlyMissing: false, query: "" })} scroll={false}>
            Show all {bundle.fileCount.toLocaleString("en")}
          </PageLink>
        </p>
      )}
      <FileTable
        files={files.items}
        named={{ organization, project, bundle: bundleId }}
        hrefOf={downloads && (({ id }) => downloads.bundleFile(project, bundleId, id))}
        empty={<EmptyState title={bundle.fileCount === 0 ? "There are no files in this bundle" : "No file of this bundle is so"} />}
      />
      <Pager page={files} names={{ previous: "Before", next: "After" }} hrefOf={(cursor) => hrefOf({ cursor })} />
    </section>
  );
}

function BundleFacts({ bundle }: { readonly bundle: BundleLineView }) {
  const { bundleId, fileCount, size, counts, associations } = bundle;
  const kinds = counts && [
    counts.minified > 0 && `${counts.minified.toLocaleString("en")} minified`,
    counts.maps > 0 && formatCount(counts.maps, "source map"),
    counts.sources > 0 && formatCount(counts.sources, "source"),
  ];
  return (
    <dl className={classes["facts"]}>
      <div>
        <dt>Bundle</dt>
        <dd className={classes["copied"]}>
          <span className="mono">{bundleId}</span> <CopyButton text={bundleId} what="the bundle's id" />
        </dd>
      </div>
      <div>
        <dt>Holds</dt>
        <dd>
          {formatCount(fileCount, "file")}, {formatBytes(size)} packed
          {kinds && kinds.some(Boolean) && `: ${kinds.filter(Boolean).join(", ")}`}
        </dd>
      </div>
      <div>
        <dt>For</dt>
        <dd>
          {associations.length === 0
            ? "no release; found by debug ids alone"
            : associations
                .slice(0, MOST_RELEASES)
                .map(({ release, dist }) => (dist === null ? release : `${release}, dist ${dist}`))
                .join("; ") + (associations.length > MOST_RELEASES ? ` and ${associations.length - MOST_RELEASES} more` : "")}
        </dd>
      </div>
    </dl>
  );
}

const MOST_RELEASES = 3;
