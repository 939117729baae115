"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import { Refusal } from "../../../../ui/refusal.tsx";
import { removeView } from "./remove-view-action.ts";
import { saveView } from "./save-view-action.ts";

/** What can be done with the view that is shown. */
export function ViewActions({ organization, view }: { readonly organization: string; readonly view: SavedViewView }) {
  const { id, name, query, isDefault } = view;
  const [kept, keep, isKeeping] = useActionState(saveView, null);
  const [removed, remove, isRemoving] = useActionState(removeView, null);
  const router = useRouter();
  useEffect(() => {
    if (removed?.kind !== "done") return;
    const undo = async (shown: string) => {
      notifications.hide(shown);
      const form = new FormData();
      for (const [key, value] of Object.entries({ organization, name, query, isDefault: String(isDefault) })) form.append(key, value);
      await saveView(null, form);
      router.refresh();
    };
    const shown: string = notifications.show({
      autoClose: 10_000,
      message: (
        <span className="row spread">
          Removed the view “{name}”.
          <Button variant="light" onClick={() => void undo(shown)}>
            Undo
          </Button>
        </span>
      ),
    });
  }, [removed, organization, name, query, isDefault, router]);
  const refused = [kept, removed].find((outcome) => outcome?.kind === "refused");
  return (
    <>
      <form action={keep}>
        <input type="hidden" name="organization" value={organization} />
        <input type="hidden" name="name" value={name} />
        <input type="hidden" name="query" value={query} />
        <input type="hidden" name="isDefault" value={String(!isDefault)} />
        <Button type="submit" variant="subtle" loading={isKeeping}>
          {isDefault ? "Do not open first" : "Open Releases with it"}
        </Button>
      </form>
      <form action={remove}>
        <input type="hidden" name="organization" value={organization} />
        <input type="hidden" name="view" value={id} />
        <Button type="submit" variant="subtle" loading={isRemoving}>
          Remove this view
        </Button>
      </form>
      {refused?.kind === "refused" && <Refusal message={refused.message ?? Object.values(refused.fields).join(" ")} />}
    </>
  );
}
