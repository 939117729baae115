"use client";

import { Button } from "@mantine/core";
import { FirstReleasePanel } from "#features/first-release/first-release-panel.tsx";
import type { FirstReleaseProgress, ReportTarget } from "#features/first-release/first-release.ts";
import { createSample } from "#features/sample-data/actions.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { createToken } from "./actions.ts";

type GettingStartedProps = { readonly place: ReportTarget; readonly progress: FirstReleaseProgress | null };

/** Home before the first release: what to type, with a token on demand, and what the pages look like with sample data. */
export function GettingStarted({ place, progress }: GettingStartedProps) {
  const token = useFormAction(createToken, null);
  const sample = useFormAction<string | null>(createSample, null);
  const made = token.result?.kind === "done" ? token.result.value : null;
  const refused = token.result?.kind === "refused" ? token.result : null;
  return (
    <div className="stack">
      <h2>Report a first release</h2>
      {made === null ? (
        <form {...token.form} className="row">
          <span>The lines below need a token.</span>
          <Button type="submit" variant="light" loading={token.isSending}>
            Make one and fill it in
          </Button>
          <FormError message={token.noResponse ?? refused?.message ?? Object.values(refused?.fields ?? {})[0]} />
        </form>
      ) : (
        <output>
          The token in these lines is yours. It is shown <strong>only now</strong>: keep it in a safe place. For CI, make one of the
          organization&rsquo;s under Settings → Tokens.
        </output>
      )}
      <FirstReleasePanel place={place} token={made} progress={progress} />
      <h2>Or look around first</h2>
      <form {...sample.form} className="row">
        <span>An organization of its own with made-up releases, commits and deploys. It is removed again with one click.</span>
        <Button type="submit" variant="default" loading={sample.isSending}>
          Show me sample data
        </Button>
        <FormError message={sample.noResponse ?? sample.result} />
      </form>
    </div>
  );
}
