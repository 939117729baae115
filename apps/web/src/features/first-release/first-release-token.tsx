"use client";

import { Button } from "@mantine/core";
import { FormError } from "#ui/forms/form-error.tsx";
import { failureText, type Outcome } from "#ui/forms/outcome.ts";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { createToken, type FirstToken } from "./actions.ts";
import { FirstReleasePanel } from "./first-release-panel.tsx";
import type { FirstReleaseProgress, ReportTarget } from "./first-release.ts";

type FirstReleaseWithTokenProps = {
  readonly target: ReportTarget;
  readonly progress: FirstReleaseProgress | null;
  /** Whether the viewer may create organization tokens; others can only use a personal one. */
  readonly mayCreateOrgToken: boolean;
  /** The organization token that was created with the account; null if there is none. */
  readonly given: string | null;
};

/** The panel of the first release with a token filled in: an organization token, or on request a personal one. */
export function FirstReleaseWithToken({ target, progress, mayCreateOrgToken, given }: FirstReleaseWithTokenProps) {
  const { result, noResponse, isSending, form } = useFormAction<Outcome<FirstToken>>(createToken, null);
  const ofAccount: FirstToken | null = given === null ? null : { kind: "organization", token: given };
  const created = result?.kind === "done" ? result.value : ofAccount;
  const request = (kind: FirstToken["kind"], label: string, variant: string) => (
    <Button type="submit" name="kind" value={kind} variant={variant} loading={isSending}>
      {label}
    </Button>
  );
  return (
    <div className="stack">
      <form {...form} className="row">
        <input type="hidden" name="organization" value={target.organization} />
        {created === null ? (
          <>
            <span>The commands below need a token.</span>
            {mayCreateOrgToken && request("organization", "Create an organization token and fill it in", "light")}
            {request("personal", mayCreateOrgToken ? "Use a personal token" : "Create a personal token and fill it in", "default")}
          </>
        ) : (
          <>
            <output>
              {DESCRIPTIONS[created.kind]} It expires in 90 days, and is shown <strong>only now</strong>, so store it safely.
            </output>
            {created.kind === "organization" && request("personal", "Use a personal token instead", "default")}
          </>
        )}
        <FormError message={noResponse ?? (result?.kind === "refused" ? failureText(result) : null)} />
      </form>
      <FirstReleasePanel target={target} token={created?.token ?? null} progress={progress} />
    </div>
  );
}

const DESCRIPTIONS = {
  organization: "The commands contain an organization token for CI, which can only report releases, deploys, and artifacts.",
  personal: "The commands contain a personal token, which acts as you and can only read and report releases.",
} as const;
