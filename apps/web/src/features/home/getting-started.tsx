"use client";

import { Button } from "@mantine/core";
import { FirstReleaseWithToken } from "#features/first-release/first-release-token.tsx";
import type { FirstReleaseProgress, ReportTarget } from "#features/first-release/first-release.ts";
import { createSample } from "#features/sample-data/actions.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";

type GettingStartedProps = {
  readonly target: ReportTarget;
  readonly progress: FirstReleaseProgress | null;
  readonly mayCreateOrgToken: boolean;
};

/** Home before the first release: the commands that report one, a button to create a token, and sample data. */
export function GettingStarted({ target, progress, mayCreateOrgToken }: GettingStartedProps) {
  const sample = useFormAction<string | null>(createSample, null);
  return (
    <div className="stack">
      <h2>Report your first release</h2>
      <FirstReleaseWithToken target={target} progress={progress} mayCreateOrgToken={mayCreateOrgToken} given={null} />
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
