import { Button } from "@mantine/core";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import type { KeyboardEvent } from "react";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { FormError } from "../../../../ui/refusal.tsx";
import type { FormAction } from "../../../../ui/sending/use-send.ts";
import classes from "./save-view.module.css";

type SaveViewFormProps = {
  readonly organization: string;
  readonly query: string;
  readonly save: FormAction<Outcome<SavedViewView>>;
};

/** Saves what the list shows under a name of the viewer's. */
export function SaveViewForm({ organization, query, save: { answer, unanswered, isSending, form } }: SaveViewFormProps) {
  const refused = answer?.kind === "refused" ? answer : null;
  const wrong = refused?.fields["name"] ?? refused?.fields["query"];
  const onKeyDown = (event: KeyboardEvent<HTMLDetailsElement>) => {
    if (event.key !== "Escape" || !event.currentTarget.open) return;
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary")?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- closes what is open, wherever in it the focus is
    <details className={classes["save"]} onKeyDown={onKeyDown}>
      <summary>Save this view…</summary>
      <form {...form}>
        <input type="hidden" name="organization" value={organization} />
        <input type="hidden" name="query" value={query} />
        <FormError message={unanswered ?? refused?.message} />
        <label>
          Name
          <input type="text" name="name" maxLength={60} required aria-describedby="view-name" aria-invalid={wrong !== undefined} />
        </label>
        <small id="view-name" className={wrong === undefined ? "soft" : "wrong"}>
          {wrong ?? "A view of the same name is replaced."}
        </small>
        <label className="row">
          <input type="checkbox" name="isDefault" value="true" />
          Open Releases with it
        </label>
        <Button type="submit" loading={isSending}>
          Save
        </Button>
      </form>
    </details>
  );
}
