import type { BundleFileLineView, BundleLineView } from "@landfall/schema/artifacts/artifact-bundles";
import type { Page } from "@landfall/schema/page";
import { CommandLine } from "#ui/command-line.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatBytes, formatCount } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import { Pager } from "#ui/table/pager.tsx";
import type { DownloadUrls } from "./downloads.tsx";
import { describeMissing, FileTable, MISSING_FIXES } from "./file-table.tsx";
import { uploadCommands } from "./format.ts";
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

type WhatIsMissingProps = {
  readonly bundle: BundleLineView;
  readonly project: string;
  /** The first of the files that lead to no source. */
  readonly shown: readonly BundleFileLineView[];
  /** Where only those are listed; null there. */
  readonly href: string | null;
};

/** Why stack traces do not get past some files of a bundle, and what mends it. */
function MissingSources({ bundle: { counts, associations }, project, shown, href }: WhatIsMissingProps) {
  const reasons = [...new Set(shown.flatMap(({ missing }) => missing?.reason ?? []))];
  if (!counts) return null;
  return (
    <div className={classes["missing"]}>
      <h3>
        {counts.missing === counts.minified && counts.minified > 1 ? "All " : ""}
        {formatCount(counts.missing, "minified file leads", "minified files lead")} to no source
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
