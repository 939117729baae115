"use client";

import { Button } from "@mantine/core";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { removeSample } from "./actions.ts";
import classes from "./sample-notice.module.css";

/** A notice above every page of the sample organization, with a button to remove it. */
export function SampleNotice({ organization, mayRemove }: { readonly organization: string; readonly mayRemove: boolean }) {
  const { result, noResponse, isSending, form } = useFormAction(removeSample, null);
  return (
    <form {...form} className={classes["notice"]} aria-label="Sample data">
      <input type="hidden" name="organization" value={organization} />
      <p>
        <strong>Sample data.</strong> Everything in this organization is made up. It contains no data of yours.
      </p>
      <FormError message={noResponse ?? (result?.kind === "refused" ? result.message : null)} />
      {mayRemove && (
        <Button type="submit" variant="default" size="compact-xs" loading={isSending}>
          Remove sample data
        </Button>
      )}
    </form>
  );
}
