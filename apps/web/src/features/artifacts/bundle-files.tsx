import { formatBytes, formatCount } from "@landfall/domain/format";
import type { BundleFileLineView, BundleLineView } from "@landfall/schema/artifacts/artifact-bundles";
import type { Page } from "@landfall/schema/page";
import { CommandLine } from "#ui/command-line.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";
import type { DownloadUrls } from "./downloads.tsx";
import { describeMissing, FileTable, MISSING_FIXES } from "./file-table.tsx";
import { uploadCommands } from "./format.ts";
import classes from "./artifacts.module.css";

/** A bundle with a page of its files, and the first of those that cannot be resolved to source. */
export type ReadBundle = {
  readonly project: string;
  readonly bundle: BundleLineView;
  readonly files: Page<BundleFileLineView>;
  readonly missing: readonly BundleFileLineView[];
};

/** The filter of the list. */
export type FileFilter = { readonly query: string; readonly onlyMissing: boolean };

type BundleFilesProps = {
  readonly read: ReadBundle;
  readonly organization: string;
  readonly downloads: DownloadUrls | null;
  readonly filter: FileFilter;
  /** Returns the URL of the bundle with another filter or page. */
  readonly hrefOf: (changes: Partial<FileFilter> & { readonly cursor?: string }) => string;
};

/** A bundle: its properties, what is missing in it, and its files. */
export function BundleFiles({ read, organization, downloads, filter, hrefOf }: BundleFilesProps) {
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
          href={filter.onlyMissing ? null : hrefOf({ onlyMissing: true, query: "" })}
        />
      )}
      {(filter.query !== "" || filter.onlyMissing) && (
        <p className={classes["note"]}>
          {filter.onlyMissing
            ? "Only files that cannot be resolved to source"
            : `Only files with “${filter.query}” in their name or as debug id`}
          .{" "}
          <PageLink href={hrefOf({ onlyMissing: false, query: "" })} scroll={false}>
            Show all {bundle.fileCount.toLocaleString("en")}
          </PageLink>
        </p>
      )}
      <FileTable
        files={files.items}
        bundle={{ organization, project, bundle: bundleId }}
        hrefOf={downloads && (({ id }) => downloads.bundleFile(project, bundleId, id))}
        empty={<EmptyState title={bundle.fileCount === 0 ? "This bundle has no files" : "No files match"} />}
      />
      <Pager page={files} names={PAGE_NAMES} hrefOf={(cursor) => hrefOf({ cursor })} />
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
          <span className="mono">{bundleId}</span> <CopyButton text={bundleId} what="the bundle id" />
        </dd>
      </div>
      <div>
        <dt>Contents</dt>
        <dd>
          {formatCount(fileCount, "file")}, {formatBytes(size)} compressed
          {kinds && kinds.some(Boolean) && `: ${kinds.filter(Boolean).join(", ")}`}
        </dd>
      </div>
      <div>
        <dt>Releases</dt>
        <dd>
          {associations.length === 0
            ? "none; found only by debug id"
            : associations
                .slice(0, MAX_RELEASES)
                .map(({ release, dist }) => (dist === null ? release : `${release}, dist ${dist}`))
                .join("; ") + (associations.length > MAX_RELEASES ? ` and ${associations.length - MAX_RELEASES} more` : "")}
        </dd>
      </div>
    </dl>
  );
}

const MAX_RELEASES = 3;

type MissingSourcesProps = {
  readonly bundle: BundleLineView;
  readonly project: string;
  /** The first of the files that cannot be resolved. */
  readonly shown: readonly BundleFileLineView[];
  /** The URL of the list of only those; null if it is shown. */
  readonly href: string | null;
};

/** Explains why some files of a bundle cannot be resolved to source, and the fix. */
function MissingSources({ bundle: { counts, associations }, project, shown, href }: MissingSourcesProps) {
  const reasons = [...new Set(shown.flatMap(({ missing }) => missing?.reason ?? []))];
  if (!counts) return null;
  return (
    <div className={classes["missing"]}>
      <h3>
        {counts.missing === counts.minified && counts.minified > 1 ? "All " : ""}
        {formatCount(counts.missing, "minified file")} cannot be resolved to source
      </h3>
      <ul>
        {shown.map(({ id, name, missing }) => (
          <li key={id}>
            <span className="mono">{name}</span>: {missing && describeMissing(missing)}
          </li>
        ))}
        {counts.missing > shown.length && href !== null && (
          <li>
            <PageLink href={href} scroll={false}>
              All {counts.missing.toLocaleString("en")} of them
            </PageLink>
          </li>
        )}
      </ul>
      {reasons.map((reason) => (
        <p key={reason}>{MISSING_FIXES[reason]}</p>
      ))}
      {uploadCommands(associations[0]?.release ?? null, project).map((line) => (
        <CommandLine key={line} command={line} />
      ))}
    </div>
  );
}
