"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import { useRouter } from "next/navigation";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { useEffect } from "react";
import { callAction } from "../../../../ui/sending/answer-of.ts";
import { useFormAction } from "../../../../ui/sending/use-send.ts";
import { type RemovedView, removeView } from "./remove-view-action.ts";
import { saveView } from "./save-view-action.ts";
import { SaveViewForm } from "./save-view.tsx";
import { SavedViewActions } from "./view-actions.tsx";

type SavedViewFormsProps = {
  readonly organization: string;
  /** What the list shows, as a view keeps it. */
  readonly query: string;
  /** The view of the viewer's that shows the same. */
  readonly current: SavedViewView | null;
};

/** What can be done with what the list shows: save it as a view or, where it is one, have it open first, or remove it. */
export function SavedViewForms({ organization, query, current }: SavedViewFormsProps) {
  const save = useFormAction<Outcome<SavedViewView>>(saveView, null);
  const remove = useFormAction<Outcome<RemovedView>>(removeView, null);
  const { answer: saved } = save;
  const { answer: removed } = remove;
  const router = useRouter();
  useEffect(() => {
    if (saved?.kind !== "done") return;
    const { name, isDefault } = saved.value;
    notifications.show({ message: isDefault ? `Releases opens with “${name}” now.` : `“${name}” is saved.` });
  }, [saved]);
  useEffect(() => {
    if (removed?.kind !== "done") return;
    const view = removed.value;
    const undo = async (shown: string) => {
      notifications.hide(shown);
      const form = new FormData();
      for (const [key, value] of Object.entries({ organization, ...view })) form.append(key, value);
      const again = await callAction(() => saveView(null, form));
      if (again?.kind === "refused") notifications.show({ color: "red", message: again.message ?? "This could not be undone." });
      router.refresh();
    };
    const shown: string = notifications.show({
      autoClose: 10_000,
      message: (
        <span className="row spread">
          The view “{view.name}” is removed.
          <Button variant="light" onClick={() => void undo(shown)}>
            Undo
          </Button>
        </span>
      ),
    });
  }, [removed, organization, router]);
  if (current) return <SavedViewActions organization={organization} view={current} save={save} remove={remove} />;
  return query === "" ? null : <SaveViewForm key={query} organization={organization} query={query} save={save} />;
}
