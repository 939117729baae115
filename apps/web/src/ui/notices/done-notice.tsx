import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { callAction } from "../forms/call-action.ts";
import type { Outcome } from "../forms/outcome.ts";

/** How long something can be undone from where it was said: ten seconds. */
const SHOWN = 10_000;

/** Says that something is done; with `undo`, offers the way back. Call it in a browser. */
export function showDone(message: string, undo?: () => Promise<Outcome<unknown>>): void {
  if (!undo) return void notifications.show({ message });
  const takeBack = async () => {
    notifications.hide(id);
    const outcome = await callAction(undo);
    if (outcome?.kind === "refused") {
      notifications.show({ color: "red", message: outcome.message ?? Object.values(outcome.fields)[0] ?? "This could not be undone." });
    } else notifications.show({ message: "Undone." });
  };
  const id: string = notifications.show({
    autoClose: SHOWN,
    message: (
      <span className="row spread">
        {message}
        <Button variant="light" onClick={() => void takeBack()}>
          Undo
        </Button>
      </span>
    ),
  });
}

/** A form as a server action takes it, made of texts. */
export function toFormData(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
