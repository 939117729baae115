"use client";

import { Button } from "@mantine/core";
import { useTransition } from "react";
import { callAction, toFormData } from "#ui/forms/call-action.ts";
import { showDone, showFailure } from "#ui/notices/notices.tsx";
import { setEnvironmentHidden } from "./actions.ts";

type HideEnvironmentButtonProps = {
  readonly organization: string;
  readonly project: string;
  readonly environment: string;
  readonly isHidden: boolean;
};

/** A button that hides an environment of a project for all viewers, or shows it again, with Undo. */
export function HideEnvironmentButton({ organization, project, environment, isHidden }: HideEnvironmentButtonProps) {
  const [isSending, send] = useTransition();
  const set = async (hidden: boolean) => {
    const change = (isHidden: boolean) =>
      setEnvironmentHidden(toFormData({ organization, project, environment, isHidden: String(isHidden) }));
    const outcome = await callAction(() => change(hidden));
    if (outcome?.kind === "refused") return showFailure(outcome);
    const message = hidden ? `Hid ${environment} for ${project}. Deploys are still recorded.` : `Showing ${environment} for ${project}.`;
    showDone(message, () => change(!hidden));
  };
  return (
    <Button
      variant="default"
      loading={isSending}
      title={isHidden ? undefined : "Hides it from the board and lists for everyone. Deploys are still recorded."}
      onClick={() => send(() => set(!isHidden))}
    >
      {isHidden ? "Show again" : `Hide for ${project}`}
    </Button>
  );
}
