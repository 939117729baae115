"use client";

import type { SavedViewView } from "@landfall/schema/organizations/saved-views";
import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState, useTransition } from "react";
import { Chip } from "#ui/chip.tsx";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { PageLink } from "#ui/links.tsx";
import { showDone } from "#ui/notices/notices.tsx";
import { removeView, saveView } from "./actions.ts";
import { sameQuery } from "./view-query.ts";
import type { SavedViewsProps } from "./views-menu.tsx";
import classes from "./views-dialog.module.css";

/** Saves what a page shows now as a view, and changes the views there are. */
export function ViewsDialog({ organization, page, path, views, query, onClose }: SavedViewsProps & { readonly onClose: () => void }) {
  const [isSending, send] = useTransition();
  const [problem, setProblem] = useState<{ readonly message: string | null; readonly fields: Readonly<Record<string, string>> } | null>(
    null,
  );
  const save = async (view: { readonly name: string; readonly query: string; readonly isDefault: boolean }) => {
    const outcome = await callAction(() => saveView({ organization, page, ...view }));
    setProblem(outcome?.kind === "refused" ? outcome : null);
    return outcome?.kind === "done";
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = form.get("name");
    const name = typeof typed === "string" ? typed.trim() : "";
    send(async () => {
      if (!(await save({ name, query, isDefault: form.has("isDefault") }))) return;
      notifications.show({ message: `The view "${name}" is saved.` });
      onClose();
    });
  };
  const remove = (view: SavedViewView) =>
    send(async () => {
      const outcome = await callAction(() => removeView({ organization, view: view.id }));
      if (outcome?.kind === "refused") return setProblem(outcome);
      const { name, query: shown, isDefault } = view;
      showDone(`The view "${name}" is removed.`, () => saveView({ organization, page, name, query: shown, isDefault }));
    });
  const current = views.find((view) => sameQuery(view.query, query));
  return (
    <Modal opened onClose={onClose} title="Views of this page">
      <form onSubmit={onSubmit} className="stack">
        <FormError message={problem?.message} />
        <TextInput
          name="name"
          label="Save what is shown now as"
          description="Only you see it. One of the same name is replaced."
          defaultValue={current?.name ?? ""}
          error={problem?.fields["name"] ?? problem?.fields["query"]}
          maxLength={60}
          autoComplete="off"
          required
          data-autofocus
        />
        <Checkbox name="isDefault" label="Open this page with it" defaultChecked={current?.isDefault ?? false} />
        <div className="row">
          <Button type="submit" loading={isSending}>
            Save
          </Button>
        </div>
      </form>
      {views.length > 0 && (
        <ul className={classes["views"]} aria-label="Saved views">
          {views.map((view) => (
            <li key={view.id}>
              <PageLink href={`${path}?${view.query}`} onClick={onClose} className="cut">
                {view.name}
              </PageLink>
              {view.isDefault && <Chip>opens first</Chip>}
              <span className={classes["actions"]}>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  disabled={isSending}
                  aria-label={view.isDefault ? `Do not open the page with ${view.name}` : `Open the page with ${view.name}`}
                  onClick={() => send(async () => void (await save({ ...view, isDefault: !view.isDefault })))}
                >
                  {view.isDefault ? "Not first" : "Open first"}
                </Button>
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-xs"
                  disabled={isSending}
                  aria-label={`Remove the view ${view.name}`}
                  onClick={() => remove(view)}
                >
                  Remove
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
