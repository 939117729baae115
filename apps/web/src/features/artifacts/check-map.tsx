"use client";

import { formatCount } from "@landfall/domain/format";
import type { CheckedMapView } from "@landfall/schema/artifacts/artifact-bundles";
import { useState, useTransition } from "react";
import { Chip } from "#ui/chip.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { checkMap } from "./actions.ts";
import dialog from "#ui/dialog/dialog.module.css";

type CheckMapProps = {
  readonly organization: string;
  readonly project: string;
  readonly bundle: string;
  readonly file: string;
  readonly name: string;
};

/** A button that checks whether a source map contains the text of its sources, which requires reading it. */
export function CheckMap({ name, ...map }: CheckMapProps) {
  const [outcome, setOutcome] = useState<Outcome<CheckedMapView>>(null);
  const [isBusy, start] = useTransition();
  if (outcome?.kind === "refused")
    return (
      <output className="wrong" title={outcome.message ?? undefined}>
        could not be checked
      </output>
    );
  if (outcome) return <Checked map={outcome.value} />;
  const check = () => start(async () => setOutcome(await checkMap(map)));
  return (
    <button type="button" className={dialog["row"]} disabled={isBusy} aria-label={`Check the sources of ${name}`} onClick={check}>
      {isBusy ? "Checking…" : "Check"}
    </button>
  );
}

/** The result, with the fix if sources are missing. */
function Checked({ map }: { readonly map: CheckedMapView }) {
  if (map.problem !== null)
    return (
      <output>
        <Chip tone="bad" title={map.problem}>
          cannot be read
        </Chip>
      </output>
    );
  const { sources, withText, without } = map;
  const isComplete = withText === sources;
  return (
    <output>
      <Chip
        tone={isComplete ? "ok" : "warn"}
        title={
          isComplete
            ? "Contains the text of every source"
            : `Without text: ${without.join(", ")}${sources - withText > without.length ? " …" : ""}. Configure the build to include sourcesContent in its maps, or upload the sources as well.`
        }
      >
        {isComplete ? `has ${formatCount(sources, "source")}` : `has ${withText} of ${formatCount(sources, "source")}`}
      </Chip>
    </output>
  );
}
