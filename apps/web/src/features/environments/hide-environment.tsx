"use client";

import { Button } from "@mantine/core";
import { useTransition } from "react";
import { callAction } from "#ui/forms/call-action.ts";
import { showDone, showFailure } from "#ui/notices/notices.tsx";
import { setHidden } from "./actions.ts";

type HideEnvironmentButtonProps = {
  readonly organization: string;
  readonly project: string;
  readonly environment: string;
  readonly isHidden: boolean;
};

/** Takes an environment of a project off the board for everybody, or puts it back; both can be undone. */
export function HideEnvironmentButton({ organization, project, environment, isHidden }: HideEnvironmentButtonProps) {
  const [isSending, send] = useTransition();
  const set = async (hidden: boolean) => {
    const asked = { organization, project, environment };
    const outcome = await callAction(() => setHidden({ ...asked, isHidden: hidden }));
    if (outcome?.kind === "refused") return showFailure(outcome);
    const done = hidden
      ? `${environment} is hidden for ${project}. Deploys to it are recorded as ever.`
      : `${environment} is shown for ${project}.`;
    showDone(done, () => setHidden({ ...asked, isHidden: !hidden }));
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
