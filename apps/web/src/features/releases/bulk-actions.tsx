"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { changeStatus, type StatusChange } from "./actions.ts";
import { checkboxesBetween, checkboxesIn, selectedVersions, SELECTION_FIELD, setChecked } from "./selection.ts";

type BulkFormProps = {
  readonly organization: string;
  /** The viewer may archive releases. */
  readonly mayArchive: boolean;
  /** The state of what is listed: selected releases are put in the other one. */
  readonly status: "open" | "archived" | "all";
  /** Those of the listed that are archived. */
  readonly archived: readonly string[];
  /** The list, with its boxes. */
  readonly children: ReactNode;
};

/** The list with what can be done to several of it at once, by keys, by buttons, and without scripts. */
export function BulkForm({ organization, mayArchive, status, archived, children }: BulkFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const lastBox = useRef<HTMLInputElement | null>(null);
  const router = useRouter();
  const { result: outcome, noResponse, isSending, form: sending, send } = useFormAction(changeStatus, null);
  const selected = useSelection(form);
  useResultNotification(outcome, organization);
  useEffect(() => {
    // What was changed is selected no more, also where it stays in the list.
    if (outcome?.kind === "done") form.current?.reset();
  }, [outcome]);

  const change = (to: "open" | "archived" | null) => {
    if (selectedVersions(form.current).length === 0) setChecked(focusedRowCheckbox(form.current), true);
    const versions = selectedVersions(form.current);
    if (versions.length === 0 || isSending) return;
    const wanted = to ?? (versions.every((version) => archived.includes(version)) ? "open" : "archived");
    focusNextRow(form.current);
    const sent = new FormData();
    for (const [name, value] of [["organization", organization], ["do", wanted], ...versions.map((version) => [SELECTION_FIELD, version])])
      sent.append(name ?? "", value ?? "");
    send(sent);
  };
  const compare = () => {
    const [head, base, ...more] = selectedVersions(form.current);
    if (head !== undefined && base !== undefined && more.length === 0) router.push(organizationUrls(organization).compare({ base, head }));
  };
  const clear = () => setChecked(checkboxesIn(form.current), false);
  useShortcuts("Selected releases", [
    ...(mayArchive ? [{ keys: "e", label: "Archive, or open again", run: () => change(null) }] : []),
    { keys: "c", label: "Compare two", run: compare },
    { keys: "Escape", label: "Select nothing", run: clear },
  ]);

  const onClick = ({ target, shiftKey }: MouseEvent) => {
    if (!(target instanceof HTMLInputElement) || target.name !== SELECTION_FIELD) return;
    if (shiftKey && lastBox.current) {
      for (const box of checkboxesBetween(checkboxesIn(form.current), lastBox.current, target)) box.checked = target.checked;
    }
    lastBox.current = target;
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- only widens what boxes do themselves */}
      <form ref={form} action={sending.action} onSubmit={(event) => event.preventDefault()} onClick={onClick}>
        <input type="hidden" name="organization" value={organization} />
        <FormError
          message={noResponse ?? (outcome?.kind === "refused" ? (outcome.message ?? Object.values(outcome.fields).join(" ")) : null)}
        />
        {children}
        <NoScriptBulkBar mayArchive={mayArchive} status={status} />
        <BulkBar count={selected.length} onClear={clear}>
          {mayArchive && status !== "archived" && (
            <Button variant="default" loading={isSending} onClick={() => change("archived")} rightSection={<kbd>e</kbd>}>
              Archive
            </Button>
          )}
          {mayArchive && status !== "open" && (
            <Button
              variant="default"
              loading={isSending}
              onClick={() => change("open")}
              rightSection={status === "archived" ? <kbd>e</kbd> : null}
            >
              Open again
            </Button>
          )}
          <Button
            variant="default"
            disabled={selected.length !== 2}
            onClick={compare}
            rightSection={<kbd>c</kbd>}
            title="Select exactly two"
          >
            Compare
          </Button>
        </BulkBar>
      </form>
      {outcome?.kind === "done" && (
        <noscript>
          <form action={sending.action} className="row">
            <input type="hidden" name="organization" value={organization} />
            {outcome.value.versions.map((version) => (
              <input key={version} type="hidden" name={SELECTION_FIELD} value={version} />
            ))}
            {changeMessage(outcome.value)}
            <button type="submit" name="do" value={oppositeStatus(outcome.value)}>
              Undo
            </button>
          </form>
        </noscript>
      )}
    </>
  );
}

/** Says once what was done, with the way back. */
function useResultNotification(outcome: Outcome<StatusChange>, organization: string) {
  const router = useRouter();
  useEffect(() => {
    if (outcome?.kind !== "done") return;
    const undo = async (id: string) => {
      notifications.hide(id);
      const form = new FormData();
      form.append("organization", organization);
      form.append("do", oppositeStatus(outcome.value));
      for (const version of outcome.value.versions) form.append(SELECTION_FIELD, version);
      const undone = await callAction(() => changeStatus(null, form));
      router.refresh();
      if (undone?.kind === "refused") notifications.show({ color: "red", message: undone.message ?? "This could not be undone." });
      else notifications.show({ message: "Undone." });
    };
    const id: string = notifications.show({
      autoClose: 10_000,
      message: (
        <span className="row spread">
          {changeMessage(outcome.value)}
          {outcome.value.versions.length > 0 && (
            <Button variant="light" onClick={() => void undo(id)}>
              Undo
            </Button>
          )}
        </span>
      ),
    });
  }, [outcome, organization, router]);
}

const oppositeStatus = ({ status }: StatusChange): StatusChange["status"] => (status === "archived" ? "open" : "archived");

function changeMessage({ versions, status }: StatusChange): string {
  const [first, ...others] = versions;
  if (first === undefined) return status === "archived" ? "They were archived already." : "They were open already.";
  const what = others.length === 0 ? first : `${versions.length} releases`;
  return status === "archived" ? `Archived ${what}.` : `Opened ${what} again.`;
}

/** The box of the line that has the focus. */
const focusedRowCheckbox = (form: HTMLFormElement | null): HTMLInputElement[] => {
  const row = document.activeElement?.closest("[data-row]");
  return checkboxesIn(form).filter((box) => row?.contains(box));
};

/** Lines that were archived leave the list; the focus goes to the next one that stays. */
function focusNextRow(form: HTMLFormElement | null): void {
  const boxes = checkboxesIn(form);
  const at = boxes.findIndex((box) => box.closest("[data-row]")?.contains(document.activeElement));
  if (at === -1) return;
  const stays = boxes.slice(at).find(({ checked }) => !checked) ?? boxes.slice(0, at).findLast(({ checked }) => !checked);
  stays?.closest("[data-row]")?.querySelector<HTMLElement>("[data-open]")?.focus();
}

/** The buttons of the list where no scripts run. */
function NoScriptBulkBar({ mayArchive, status }: { readonly mayArchive: boolean; readonly status: "open" | "archived" | "all" }) {
  return (
    <noscript>
      <p className="row">
        What is selected:
        {mayArchive && status !== "archived" && (
          <button type="submit" name="do" value="archived">
            Archive
          </button>
        )}
        {mayArchive && status !== "open" && (
          <button type="submit" name="do" value="open">
            Open again
          </button>
        )}
        <button type="submit" name="do" value="compare">
          Compare two
        </button>
      </p>
    </noscript>
  );
}

/** Selects every line of the page, or none. */
export function SelectAll() {
  const box = useRef<HTMLInputElement>(null);
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    const show = () => {
      const form = box.current?.form ?? null;
      const [all, selected] = [checkboxesIn(form).length, selectedVersions(form).length];
      if (!box.current) return;
      box.current.checked = selected > 0 && selected === all;
      box.current.indeterminate = selected > 0 && selected < all;
    };
    const later = () => setTimeout(show);
    // oxlint-disable-next-line react/set-state-in-effect -- without scripts it could do nothing
    setThere(true);
    document.addEventListener("change", show);
    document.addEventListener("reset", later);
    return () => {
      document.removeEventListener("change", show);
      document.removeEventListener("reset", later);
    };
  }, []);
  return (
    <input
      ref={box}
      type="checkbox"
      hidden={!isThere}
      aria-label="Select every release on this page"
      onChange={({ target }) => setChecked(checkboxesIn(target.form), target.checked)}
    />
  );
}

/** The versions selected in a form's list. They live in its boxes alone, which reading the page anew leaves as they are. */
function useSelection(form: RefObject<HTMLFormElement | null>): readonly string[] {
  const text = useSyncExternalStore(
    subscribe,
    () => selectedVersions(form.current).join("\n"),
    () => "",
  );
  return text === "" ? [] : text.split("\n");
}

function subscribe(onChange: () => void): () => void {
  // A form tells of being reset before it is.
  const later = () => setTimeout(onChange);
  document.addEventListener("change", onChange);
  document.addEventListener("reset", later);
  return () => {
    document.removeEventListener("change", onChange);
    document.removeEventListener("reset", later);
  };
}
