"use client";

import { Button } from "@mantine/core";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { removeSample } from "./actions.ts";
import classes from "./sample-notice.module.css";

/** Says above every page of the sample organization that all of it is made up, and removes it with one click. */
export function SampleNotice({ organization, mayRemove }: { readonly organization: string; readonly mayRemove: boolean }) {
  const { result, noResponse, isSending, form } = useFormAction(removeSample, null);
  return (
    <form {...form} className={classes["notice"]} aria-label="Sample data">
      <input type="hidden" name="organization" value={organization} />
      <p>
        <strong>Sample data.</strong> Everything in this organization is made up; nothing of yours is in it.
      </p>
      <FormError message={noResponse ?? (result?.kind === "refused" ? result.message : null)} />
      {mayRemove && (
        <Button type="submit" variant="default" size="compact-xs" loading={isSending}>
          Remove it
        </Button>
      )}
    </form>
  );
}
