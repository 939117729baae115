"use client";

import { Button } from "@mantine/core";
import { FormError } from "../../../ui/refusal.tsx";
import { useFormAction } from "../../../ui/sending/use-send.ts";
import { acceptInvitation } from "./accept-invitation.ts";

/** Lets somebody who is signed in accept. */
export function AcceptForm({ secret, signedInAs }: { readonly secret: string; readonly signedInAs: string }) {
  const { answer, unanswered, isSending, form } = useFormAction(acceptInvitation, null);
  return (
    <form {...form} className="stack">
      <input type="hidden" name="secret" value={secret} />
      <p className="soft">You are signed in as {signedInAs}.</p>
      <FormError message={unanswered ?? (answer?.kind === "refused" ? answer.message : null)} />
      <Button type="submit" loading={isSending}>
        Accept the invitation
      </Button>
    </form>
  );
}
