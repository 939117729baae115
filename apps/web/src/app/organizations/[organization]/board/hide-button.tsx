"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import { setHidden } from "./set-hidden.ts";

type HideButtonProps = {
  readonly organization: string;
  readonly project: string;
  readonly environment: string;
  readonly isHidden: boolean;
};

/** Takes an environment of a project off the board for everybody, or puts it back; both can be undone. */
export function HideButton({ organization, project, environment, isHidden }: HideButtonProps) {
  const [isSending, send] = useTransition();
  const set = async (hidden: boolean, isUndone = false): Promise<void> => {
    const outcome = await setHidden({ organization, project, environment, isHidden: hidden });
    if (outcome.kind === "refused") {
      notifications.show({ color: "red", message: outcome.message ?? Object.values(outcome.fields).join(" ") });
      return;
    }
    const done = hidden
      ? `${environment} is hidden for ${project}. Deploys to it are recorded as ever.`
      : `${environment} is shown for ${project}.`;
    const id = `hidden ${project} ${environment}`;
    notifications.hide(id);
    notifications.show({
      id,
      message: isUndone ? (
        done
      ) : (
        <span className="row spread">
          {done}
          <Button variant="subtle" size="compact-xs" onClick={() => void set(!hidden, true)}>
            Undo
          </Button>
        </span>
      ),
    });
  };
  return (
    <Button
      variant="default"
      loading={isSending}
      title={isHidden ? undefined : "Takes it off the board and out of lists, for everybody; deploys are recorded as ever"}
      onClick={() => send(() => set(!isHidden))}
    >
      {isHidden ? "Show again" : `Hide for ${project}`}
    </Button>
  );
}
