"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import { useRouter } from "next/navigation";
import type { Outcome } from "../../../../page-data/act.ts";
import { useEffect } from "react";
import { answerOf } from "../../../../ui/sending/answer-of.ts";
import { useSend } from "../../../../ui/sending/use-send.ts";
import { type RemovedView, removeView } from "./remove-view-action.ts";
import { saveView } from "./save-view-action.ts";
import { SaveView } from "./save-view.tsx";
import { ViewActions } from "./view-actions.tsx";

type ViewFormsProps = {
  readonly organization: string;
  /** What the list shows, as a view keeps it. */
  readonly query: string;
  /** The view of the viewer's that shows the same. */
  readonly current: SavedViewView | null;
};

/** What can be done with what the list shows: save it as a view or, where it is one, have it open first, or remove it. */
export function ViewForms({ organization, query, current }: ViewFormsProps) {
  const save = useSend<Outcome<SavedViewView>>(saveView, null);
  const remove = useSend<Outcome<RemovedView>>(removeView, null);
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
      const again = await answerOf(() => saveView(null, form));
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
  if (current) return <ViewActions organization={organization} view={current} save={save} remove={remove} />;
  return query === "" ? null : <SaveView key={query} organization={organization} query={query} save={save} />;
}
