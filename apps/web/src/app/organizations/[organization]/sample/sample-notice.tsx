"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import { Refusal } from "../../../../ui/refusal.tsx";
import { removeSample } from "./remove-sample.ts";
import classes from "./sample-notice.module.css";

/** Says above every page of the sample organization that all of it is made up, and removes it with one click. */
export function SampleNotice({ organization, mayRemove }: { readonly organization: string; readonly mayRemove: boolean }) {
  const [answer, send, isSending] = useActionState(removeSample, null);
  return (
    <form action={send} className={classes["notice"]} aria-label="Sample data">
      <input type="hidden" name="organization" value={organization} />
      <p>
        <strong>Sample data.</strong> Everything in this organization is made up; nothing of yours is in it.
      </p>
      {answer?.kind === "refused" && <Refusal message={answer.message} />}
      {mayRemove && (
        <Button type="submit" variant="default" size="compact-xs" loading={isSending}>
          Remove it
        </Button>
      )}
    </form>
  );
}
