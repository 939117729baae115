import { Button } from "@mantine/core";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { FormError } from "../../../../ui/refusal.tsx";
import type { FormAction } from "../../../../ui/sending/use-send.ts";
import type { RemovedView } from "./remove-view-action.ts";

type SavedViewActionsProps = {
  readonly organization: string;
  readonly view: SavedViewView;
  readonly save: FormAction<Outcome<SavedViewView>>;
  readonly remove: FormAction<Outcome<RemovedView>>;
};

/** What can be done with the view that is shown. */
export function SavedViewActions({ organization, view: { id, name, query, isDefault }, save, remove }: SavedViewActionsProps) {
  const refused = [save.answer, remove.answer].find((outcome) => outcome?.kind === "refused");
  const view = (isFirst: boolean) => (
    <>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="query" value={query} />
      <input type="hidden" name="isDefault" value={String(isFirst)} />
    </>
  );
  return (
    <>
      <form {...save.form}>
        {view(!isDefault)}
        <Button type="submit" variant="subtle" loading={save.isSending}>
          {isDefault ? "Do not open first" : "Open Releases with it"}
        </Button>
      </form>
      <form {...remove.form}>
        {view(isDefault)}
        <input type="hidden" name="view" value={id} />
        <Button type="submit" variant="subtle" loading={remove.isSending}>
          Remove this view
        </Button>
      </form>
      <FormError
        message={
          save.unanswered ??
          remove.unanswered ??
          (refused?.kind === "refused" ? (refused.message ?? Object.values(refused.fields).join(" ")) : null)
        }
      />
    </>
  );
}
