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
import { sameQuery, viewUrl } from "./view-query.ts";
import type { SavedViewsProps } from "./views-menu.tsx";
import classes from "./views-dialog.module.css";

/** A dialog to save the current filter as a view, and to change and delete views. */
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
    const value = form.get("name");
    const name = typeof value === "string" ? value.trim() : "";
    send(async () => {
      if (!(await save({ name, query, isDefault: form.has("isDefault") }))) return;
      notifications.show({ message: `View "${name}" saved.` });
      onClose();
    });
  };
  const remove = (view: SavedViewView) =>
    send(async () => {
      const outcome = await callAction(() => removeView({ organization, view: view.id }));
      if (outcome?.kind === "refused") return setProblem(outcome);
      const { name, query: removedQuery, isDefault } = view;
      showDone(`View "${name}" deleted.`, () => saveView({ organization, page, name, query: removedQuery, isDefault }));
    });
  const current = views.find((view) => sameQuery(view.query, query));
  return (
    <Modal opened onClose={onClose} title="Saved views">
      <form onSubmit={onSubmit} className="stack">
        <FormError message={problem?.message} />
        <TextInput
          name="name"
          label="Save current filter as"
          description="Only you can see it. A view with the same name is replaced."
          defaultValue={current?.name ?? ""}
          error={problem?.fields["name"] ?? problem?.fields["query"]}
          maxLength={60}
          autoComplete="off"
          required
          data-autofocus
        />
        <Checkbox name="isDefault" label="Open this page with this view" defaultChecked={current?.isDefault ?? false} />
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
              <PageLink href={viewUrl(path, view.query)} onClick={onClose} className="cut">
                {view.name}
              </PageLink>
              {view.isDefault && <Chip>default</Chip>}
              <span className={classes["actions"]}>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  disabled={isSending}
                  aria-label={view.isDefault ? `Do not use ${view.name} as default` : `Use ${view.name} as default`}
                  onClick={() => send(async () => void (await save({ ...view, isDefault: !view.isDefault })))}
                >
                  {view.isDefault ? "Unset default" : "Set as default"}
                </Button>
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-xs"
                  disabled={isSending}
                  aria-label={`Delete the view ${view.name}`}
                  onClick={() => remove(view)}
                >
                  Delete
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
