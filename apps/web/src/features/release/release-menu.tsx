"use client";

import { Button, Kbd, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCalendarCheck,
  IconCalendarOff,
  IconChevronDown,
  IconPencil,
  IconRocket,
  IconTrash,
} from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState, useTransition } from "react";
import { useReturnFocus } from "#ui/keyboard/use-return-focus.ts";
import { callAction } from "#ui/forms/call-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { showDone, showFailure } from "#ui/notices/notices.tsx";
import { setReleased, setStatus } from "./actions.ts";
import type { ReleaseTextField } from "./release-texts.ts";

const EditDialog = dynamic(() => import("./edit-dialog.tsx").then((module) => module.EditDialog));
const DeployDialog = dynamic(() => import("./deploy-dialog.tsx").then((module) => module.DeployDialog));
const DeleteDialog = dynamic(() => import("./delete-dialog.tsx").then((module) => module.DeleteDialog));

/** The fields of a release that its actions need. */
export type EditableRelease = {
  readonly organization: string;
  readonly version: string;
  readonly isArchived: boolean;
  readonly texts: readonly ReleaseTextField[];
  readonly owner: string | null;
  readonly dateReleased: string | null;
  readonly projects: readonly { readonly slug: string; readonly name: string }[];
  readonly mayDelete: boolean;
};

/** The Actions menu of a release, with its dialogs and keys. */
export function ReleaseMenu({ release }: { readonly release: EditableRelease }) {
  const { organization, version, isArchived, dateReleased } = release;
  const [opened, setOpened] = useState<"edit" | "deploy" | "delete" | null>(null);
  const [isBusy, work] = useTransition();
  const button = useReturnFocus<HTMLButtonElement>(opened !== null);
  const close = () => setOpened(null);
  useShortcuts("Release", [
    { keys: "e", label: "Edit", run: () => setOpened("edit") },
    { keys: "d", label: "Record a deploy", run: () => setOpened("deploy") },
  ]);
  const act = (change: () => Promise<Outcome>, message: string, undo: () => Promise<Outcome>) =>
    work(async () => {
      const outcome = await callAction(change);
      if (outcome?.kind === "done") showDone(message, undo);
      else showFailure(outcome);
    });
  const finalize = () =>
    act(
      () => setReleased({ organization, version, at: new Date().toISOString() }),
      "Finalized.",
      () => setReleased({ organization, version, at: null }),
    );
  const unfinalize = () =>
    act(
      () => setReleased({ organization, version, at: null }),
      "Marked as unreleased.",
      () => setReleased({ organization, version, at: dateReleased }),
    );
  const [next, previous] = isArchived ? (["open", "archived"] as const) : (["archived", "open"] as const);
  const archive = () =>
    act(
      () => setStatus({ organization, version, status: next }),
      isArchived ? "Restored." : "Archived. Lists no longer show it.",
      () => setStatus({ organization, version, status: previous }),
    );
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button ref={button} variant="default" loading={isBusy} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
            Actions
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={14} aria-hidden="true" />}
            rightSection={<Kbd size="xs">e</Kbd>}
            onClick={() => setOpened("edit")}
          >
            Edit…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRocket size={14} aria-hidden="true" />}
            rightSection={<Kbd size="xs">d</Kbd>}
            onClick={() => setOpened("deploy")}
          >
            Record a deploy…
          </Menu.Item>
          {dateReleased === null ? (
            <Menu.Item leftSection={<IconCalendarCheck size={14} aria-hidden="true" />} onClick={finalize}>
              Finalize now
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconCalendarOff size={14} aria-hidden="true" />} onClick={unfinalize}>
              Mark as unreleased
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={isArchived ? <IconArchiveOff size={14} aria-hidden="true" /> : <IconArchive size={14} aria-hidden="true" />}
            onClick={archive}
          >
            {isArchived ? "Restore" : "Archive"}
          </Menu.Item>
          {release.mayDelete && <Menu.Divider />}
          {release.mayDelete && (
            <Menu.Item color="red" leftSection={<IconTrash size={14} aria-hidden="true" />} onClick={() => setOpened("delete")}>
              Delete…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {opened === "edit" && <EditDialog release={release} onClose={close} />}
      {opened === "deploy" && <DeployDialog release={release} onClose={close} />}
      {opened === "delete" && (
        <DeleteDialog
          release={release}
          onClose={close}
          onArchive={() => {
            close();
            archive();
          }}
        />
      )}
    </>
  );
}
