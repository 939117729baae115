"use client";

import { Button, PasswordInput } from "@mantine/core";
import { Refusal } from "../../ui/refusal.tsx";
import { useSend } from "../../ui/sending/use-send.ts";
import classes from "./account.module.css";
import { changePassword } from "./change-password.ts";

/** Asks for the password there is and the one to come. The address is there for password managers. */
export function PasswordForm({ email }: { readonly email: string }) {
  const { answer, unanswered, isSending, form } = useSend(changePassword, null, (answer) => answer?.kind === "done");
  const wrong = answer?.kind === "refused" ? answer.fields : {};
  return (
    <form {...form} className={classes["narrow"]}>
      <Refusal message={unanswered ?? (answer?.kind === "refused" ? answer.message : null)} />
      {answer?.kind === "done" && unanswered === null && (
        <output>The password is changed.{answer.value > 0 ? " You were signed out everywhere else." : ""}</output>
      )}
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      <PasswordInput
        name="currentPassword"
        label="Current password"
        autoComplete="current-password"
        error={wrong["currentPassword"]}
        required
      />
      <PasswordInput
        name="newPassword"
        label="New password"
        description="At least 10 characters. Changing it signs you out everywhere else."
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        error={wrong["newPassword"]}
        required
      />
      <PasswordInput name="again" label="New password again" autoComplete="new-password" error={wrong["again"]} required />
      <Button type="submit" loading={isSending}>
        Change the password
      </Button>
    </form>
  );
}
