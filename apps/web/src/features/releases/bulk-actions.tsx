"use client";

import { formatCount } from "@landfall/domain/format";
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { FormError } from "#ui/forms/form-error.tsx";
import { failureText, type Outcome } from "#ui/forms/outcome.ts";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { checkboxesIn, checkedValues, setChecked, subscribeToChecks, useCheckedValues } from "#ui/table/checkbox-selection.ts";
import { changeStatus, type StatusChange } from "./actions.ts";
import { SELECTION_FIELD } from "./list-filters.ts";

type BulkFormProps = {
  readonly organization: string;
  /** The viewer may archive releases. */
  readonly mayArchive: boolean;
  /** The status of the listed releases. */
  readonly status: "open" | "archived" | "all";
  /** The listed versions that are archived. */
  readonly archived: readonly string[];
  /** The list, with its checkboxes. */
  readonly children: ReactNode;
};

/** The list with actions for the selected releases: by keys, by buttons, and without scripts. */
export function BulkForm({ organization, mayArchive, status, archived, children }: BulkFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const lastCheckbox = useRef<HTMLInputElement | null>(null);
  const router = useRouter();
  const { result: outcome, noResponse, isSending, form: action, send } = useFormAction(changeStatus, null);
  const selected = useCheckedValues(form, SELECTION_FIELD);
  useResultNotification(outcome, organization);
  useEffect(() => {
    // Clear the selection, also of releases that stay in the list.
    if (outcome?.kind === "done") form.current?.reset();
  }, [outcome]);

  const change = (to: "open" | "archived" | null) => {
    if (checkedValues(form.current, SELECTION_FIELD).length === 0) setChecked(focusedRowCheckbox(form.current), true);
    const versions = checkedValues(form.current, SELECTION_FIELD);
    if (versions.length === 0 || isSending) return;
    const status = to ?? (versions.every((version) => archived.includes(version)) ? "open" : "archived");
    focusNextRow(form.current);
    send(toForm({ organization, versions, status }));
  };
  const compare = () => {
    const [head, base, ...more] = checkedValues(form.current, SELECTION_FIELD);
    if (head !== undefined && base !== undefined && more.length === 0) router.push(organizationUrls(organization).compare({ base, head }));
  };
  const clear = () => setChecked(checkboxesIn(form.current, SELECTION_FIELD), false);
  useShortcuts("Selected releases", [
    ...(mayArchive ? [{ keys: "e", label: "Archive or restore", run: () => change(null) }] : []),
    { keys: "c", label: "Compare two", run: compare },
    { keys: "Escape", label: "Clear selection", run: clear },
  ]);

  const onClick = ({ target, shiftKey }: MouseEvent) => {
    if (!(target instanceof HTMLInputElement) || target.name !== SELECTION_FIELD) return;
    if (shiftKey && lastCheckbox.current) {
      const all = checkboxesIn(form.current, SELECTION_FIELD);
      for (const checkbox of checkboxesBetween(all, lastCheckbox.current, target)) checkbox.checked = target.checked;
    }
    lastCheckbox.current = target;
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- only extends what the checkboxes do */}
      <form ref={form} action={action.action} onSubmit={(event) => event.preventDefault()} onClick={onClick}>
        <input type="hidden" name="organization" value={organization} />
        <FormError message={noResponse ?? (outcome?.kind === "refused" ? failureText(outcome) : null)} />
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
              Restore
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
          <form action={action.action} className="row">
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

/** Shows a notice with Undo after each change. */
function useResultNotification(outcome: Outcome<StatusChange>, organization: string) {
  const router = useRouter();
  useEffect(() => {
    if (outcome?.kind !== "done") return;
    const { versions } = outcome.value;
    const undo = async () => {
      const undone = await changeStatus(null, toForm({ organization, versions, status: oppositeStatus(outcome.value) }));
      router.refresh();
      return undone;
    };
    showDone(changeMessage(outcome.value), versions.length > 0 ? undo : undefined);
  }, [outcome, organization, router]);
}

function toForm({ organization, versions, status }: StatusChange & { readonly organization: string }): FormData {
  const form = new FormData();
  form.append("organization", organization);
  form.append("do", status);
  for (const version of versions) form.append(SELECTION_FIELD, version);
  return form;
}

const oppositeStatus = ({ status }: StatusChange): StatusChange["status"] => (status === "archived" ? "open" : "archived");

function changeMessage({ versions, status }: StatusChange): string {
  const [first, ...others] = versions;
  if (first === undefined) return status === "archived" ? "Already archived." : "Not archived.";
  const what = others.length === 0 ? first : formatCount(versions.length, "release");
  return status === "archived" ? `Archived ${what}.` : `Restored ${what}.`;
}

/** The checkbox of the row that has the focus. */
const focusedRowCheckbox = (form: HTMLFormElement | null): HTMLInputElement[] => {
  const row = document.activeElement?.closest("[data-row]");
  return checkboxesIn(form, SELECTION_FIELD).filter((checkbox) => row?.contains(checkbox));
};

/** Moves the focus to the next row that is not selected: archived rows leave the list. */
function focusNextRow(form: HTMLFormElement | null): void {
  const checkboxes = checkboxesIn(form, SELECTION_FIELD);
  const current = checkboxes.findIndex((checkbox) => checkbox.closest("[data-row]")?.contains(document.activeElement));
  if (current === -1) return;
  const isUnchecked = ({ checked }: HTMLInputElement) => !checked;
  const next = checkboxes.slice(current).find(isUnchecked) ?? checkboxes.slice(0, current).findLast(isUnchecked);
  next?.closest("[data-row]")?.querySelector<HTMLElement>("[data-open]")?.focus();
}

/** The checkboxes from one to another, inclusive, in either order. */
function checkboxesBetween(checkboxes: readonly HTMLInputElement[], one: HTMLInputElement, other: HTMLInputElement): HTMLInputElement[] {
  const [from, to] = [checkboxes.indexOf(one), checkboxes.indexOf(other)].toSorted((a, b) => a - b);
  return from === undefined || to === undefined || from === -1 ? [] : checkboxes.slice(from, to + 1);
}

/** The buttons of the list without scripts. */
function NoScriptBulkBar({ mayArchive, status }: { readonly mayArchive: boolean; readonly status: "open" | "archived" | "all" }) {
  return (
    <noscript>
      <p className="row">
        Selected releases:
        {mayArchive && status !== "archived" && (
          <button type="submit" name="do" value="archived">
            Archive
          </button>
        )}
        {mayArchive && status !== "open" && (
          <button type="submit" name="do" value="open">
            Restore
          </button>
        )}
        <button type="submit" name="do" value="compare">
          Compare two
        </button>
      </p>
    </noscript>
  );
}

/** The checkbox in the table header: selects all releases on the page, or none. */
export function SelectAll() {
  const checkbox = useRef<HTMLInputElement>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const update = () => {
      if (!checkbox.current) return;
      const { form } = checkbox.current;
      const [all, selected] = [checkboxesIn(form, SELECTION_FIELD).length, checkedValues(form, SELECTION_FIELD).length];
      checkbox.current.checked = selected > 0 && selected === all;
      checkbox.current.indeterminate = selected > 0 && selected < all;
    };
    // oxlint-disable-next-line react/set-state-in-effect -- hidden without scripts, where it cannot work
    setReady(true);
    return subscribeToChecks(update);
  }, []);
  return (
    <input
      ref={checkbox}
      type="checkbox"
      hidden={!isReady}
      aria-label="Select all releases on this page"
      onChange={({ target }) => setChecked(checkboxesIn(target.form, SELECTION_FIELD), target.checked)}
    />
  );
}
