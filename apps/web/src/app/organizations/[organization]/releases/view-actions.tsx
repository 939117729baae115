import { Button } from "@mantine/core";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import type { Outcome } from "../../../../page-data/act.ts";
import { Refusal } from "../../../../ui/refusal.tsx";
import type { RemovedView } from "./remove-view-action.ts";

/** The state of a form and how to send it, as `useActionState` tells it. */
export type Sending<T> = readonly [outcome: Outcome<T>, send: (form: FormData) => void, isSending: boolean];

type ViewActionsProps = {
  readonly organization: string;
  readonly view: SavedViewView;
  readonly save: Sending<SavedViewView>;
  readonly remove: Sending<RemovedView>;
};

/** What can be done with the view that is shown. */
export function ViewActions({ organization, view: { id, name, query, isDefault }, save, remove }: ViewActionsProps) {
  const refused = [save[0], remove[0]].find((outcome) => outcome?.kind === "refused");
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
      <form action={save[1]}>
        {view(!isDefault)}
        <Button type="submit" variant="subtle" loading={save[2]}>
          {isDefault ? "Do not open first" : "Open Releases with it"}
        </Button>
      </form>
      <form action={remove[1]}>
        {view(isDefault)}
        <input type="hidden" name="view" value={id} />
        <Button type="submit" variant="subtle" loading={remove[2]}>
          Remove this view
        </Button>
      </form>
      {refused?.kind === "refused" && <Refusal message={refused.message ?? Object.values(refused.fields).join(" ")} />}
    </>
  );
}
