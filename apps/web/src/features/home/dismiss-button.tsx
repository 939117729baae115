"use client";

import type { AttentionKind } from "@landfall/schema/releases/overview";
import { Button } from "@mantine/core";
import { useTransition } from "react";
import { callAction, toFormData } from "#ui/forms/call-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { showDone, showFailure } from "#ui/notices/notices.tsx";
import { dismissAttention, restoreAttention } from "./actions.ts";

type DismissButtonProps = {
  readonly organization: string;
  readonly kind: AttentionKind;
  /** The slug; null for tokens. */
  readonly project: string | null;
  /** The ids that are shown. */
  readonly ids: readonly string[];
  /** What the item is: "2 releases of web without commits". */
  readonly title: string;
  readonly isDismissed: boolean;
};

/** A button that dismisses an item of Home for the viewer, or shows it again, with Undo. */
export function DismissButton({ organization, kind, project, ids, title, isDismissed }: DismissButtonProps) {
  const [isSending, send] = useTransition();
  const change = (dismissed: boolean): Promise<Outcome> => {
    const form = toFormData({ organization, kind, project: project ?? "" });
    if (!dismissed) return restoreAttention(form);
    for (const id of ids) form.append("id", id);
    return dismissAttention(form);
  };
  const set = async (dismissed: boolean) => {
    const outcome = await callAction(() => change(dismissed));
    if (outcome?.kind === "refused") return showFailure(outcome);
    showDone(dismissed ? `Dismissed: ${title}. It is shown again if there are more.` : `Showing again: ${title}.`, () =>
      change(!dismissed),
    );
  };
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      loading={isSending}
      aria-label={isDismissed ? `Show again: ${title}` : `Dismiss: ${title}`}
      title={isDismissed ? undefined : "Hides it for you until there are more, at most for some weeks."}
      onClick={() => send(() => set(!isDismissed))}
    >
      {isDismissed ? "Show again" : "Dismiss"}
    </Button>
  );
}
