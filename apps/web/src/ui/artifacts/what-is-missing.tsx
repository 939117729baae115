import type { BundleFileLineView, BundleLineView } from "@landfall/schema/views/bundle-line";
import { CommandLine } from "../command-line.tsx";
import { PageLink } from "../page-link.tsx";
import { formatCount } from "../counted.ts";
import { MISSING_FIXES, describeMissing } from "./missing-words.ts";
import { uploadCommands } from "./upload-lines.ts";
import classes from "./artifacts.module.css";

type WhatIsMissingProps = {
  readonly bundle: BundleLineView;
  readonly project: string;
  /** The first of the files that lead to no source. */
  readonly shown: readonly BundleFileLineView[];
  /** Where only those are listed; null there. */
  readonly href: string | null;
};

/** Why stack traces do not get past some files of a bundle, and what mends it. */
export function MissingSources({ bundle: { counts, associations }, project, shown, href }: WhatIsMissingProps) {
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
