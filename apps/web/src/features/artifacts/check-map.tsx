"use client";

import type { CheckedMapView } from "@landfall/schema/artifacts/artifact-bundles";
import { useState, useTransition } from "react";
import { Chip } from "#ui/chip.tsx";
import { formatCount } from "#ui/format.ts";
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

/** Looks on demand whether a map has the text of its sources: that takes reading it. */
export function CheckMap({ name, ...named }: CheckMapProps) {
  const [outcome, setOutcome] = useState<Outcome<CheckedMapView>>(null);
  const [isBusy, start] = useTransition();
  if (outcome?.kind === "refused")
    return (
      <output className="wrong" title={outcome.message ?? undefined}>
        could not be checked
      </output>
    );
  if (outcome) return <Checked map={outcome.value} />;
  const check = () => start(async () => setOutcome(await checkMap(named)));
  return (
    <button type="button" className={dialog["row"]} disabled={isBusy} aria-label={`Check the sources of ${name}`} onClick={check}>
      {isBusy ? "Reading it…" : "Check"}
    </button>
  );
}

/** What came out, with the fix where something is missing. */
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
  const isWhole = withText === sources;
  return (
    <output>
      <Chip
        tone={isWhole ? "ok" : "warn"}
        title={
          isWhole
            ? "It carries the text of each"
            : `Without text: ${without.join(", ")}${sources - withText > without.length ? " …" : ""}. Let the build put sourcesContent into its maps, or upload the sources too.`
        }
      >
        {isWhole ? `has ${formatCount(sources, "source")}` : `has ${withText} of ${formatCount(sources, "source")}`}
      </Chip>
    </output>
  );
}
