"use client";

import type { SavedViewView } from "@landfall/schema/organizations/saved-views";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect } from "react";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { type FormAction, useFormAction } from "#ui/forms/use-form-action.ts";
import { type RemovedView, removeView, saveView } from "./actions.ts";
import classes from "./saved-view-forms.module.css";

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
  const { result: saved } = save;
  const { result: removed } = remove;
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

type SavedViewActionsProps = {
  readonly organization: string;
  readonly view: SavedViewView;
  readonly save: FormAction<Outcome<SavedViewView>>;
  readonly remove: FormAction<Outcome<RemovedView>>;
};

/** What can be done with the view that is shown. */
function SavedViewActions({ organization, view: { id, name, query, isDefault }, save, remove }: SavedViewActionsProps) {
  const refused = [save.result, remove.result].find((outcome) => outcome?.kind === "refused");
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
          save.noResponse ??
          remove.noResponse ??
          (refused?.kind === "refused" ? (refused.message ?? Object.values(refused.fields).join(" ")) : null)
        }
      />
    </>
  );
}

type SaveViewFormProps = {
  readonly organization: string;
  readonly query: string;
  readonly save: FormAction<Outcome<SavedViewView>>;
};

/** Saves what the list shows under a name of the viewer's. */
function SaveViewForm({ organization, query, save: { result, noResponse, isSending, form } }: SaveViewFormProps) {
  const refused = result?.kind === "refused" ? result : null;
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
        <FormError message={noResponse ?? refused?.message} />
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
