"use client";

import { Button } from "@mantine/core";
import { FirstReleasePanel } from "#features/first-release/first-release-panel.tsx";
import type { FirstReleaseProgress, ReportTarget } from "#features/first-release/first-release.ts";
import { createSample } from "#features/sample-data/actions.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { failureText } from "#ui/forms/outcome.ts";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { createToken } from "./actions.ts";

type GettingStartedProps = { readonly target: ReportTarget; readonly progress: FirstReleaseProgress | null };

/** Home before the first release: the commands that report one, a button to create a token, and sample data. */
export function GettingStarted({ target, progress }: GettingStartedProps) {
  const token = useFormAction(createToken, null);
  const sample = useFormAction<string | null>(createSample, null);
  const createdToken = token.result?.kind === "done" ? token.result.value : null;
  const refused = token.result?.kind === "refused" ? token.result : null;
  return (
    <div className="stack">
      <h2>Report your first release</h2>
      {createdToken === null ? (
        <form {...token.form} className="row">
          <span>The commands below need a token.</span>
          <Button type="submit" variant="light" loading={token.isSending}>
            Create a token and fill it in
          </Button>
          <FormError message={token.noResponse ?? (refused && failureText(refused))} />
        </form>
      ) : (
        <output>
          The commands contain your personal token. It is shown <strong>only now</strong>, so store it safely. For CI, create an
          organization token under Settings → Tokens.
        </output>
      )}
      <FirstReleasePanel target={target} token={createdToken} progress={progress} />
      <h2>Or explore sample data</h2>
      <form {...sample.form} className="row">
        <span>Creates a separate organization with made-up releases, commits, and deploys. You can remove it at any time.</span>
        <Button type="submit" variant="default" loading={sample.isSending}>
          Create sample data
        </Button>
        <FormError message={sample.noResponse ?? sample.result} />
      </form>
    </div>
  );
}
