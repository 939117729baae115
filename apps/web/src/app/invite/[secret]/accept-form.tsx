"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import { Refusal } from "../../../ui/refusal.tsx";
import { acceptInvitation } from "./accept-invitation.ts";

/** Lets somebody who is signed in accept. */
export function AcceptForm({ secret, signedInAs }: { readonly secret: string; readonly signedInAs: string }) {
  const [answer, send, isSending] = useActionState(acceptInvitation, null);
  return (
    <form action={send} className="stack">
      <input type="hidden" name="secret" value={secret} />
      <p className="soft">You are signed in as {signedInAs}.</p>
      <Refusal message={answer?.kind === "refused" ? answer.message : null} />
      <Button type="submit" loading={isSending}>
        Accept the invitation
      </Button>
    </form>
  );
}
