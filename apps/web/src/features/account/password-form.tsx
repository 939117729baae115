"use client";

import type { ChangedPasswordView } from "@landfall/schema/organizations/accounts";
import { Button, Checkbox, PasswordInput } from "@mantine/core";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { changePassword } from "./actions.ts";
import classes from "./password-form.module.css";

/** Describes what changing the password revoked, other than the viewer's own session, which is replaced. */
function describeChange({ ended, revokedTokens }: ChangedPasswordView): string {
  const elsewhere = ended > 1 ? " You were signed out everywhere else." : "";
  const tokens = revokedTokens > 0 ? ` ${revokedTokens} ${revokedTokens === 1 ? "token was" : "tokens were"} revoked.` : "";
  return `Password changed.${elsewhere}${tokens}`;
}

/** The form to change the password. The hidden email field is for password managers. */
export function PasswordForm({ email }: { readonly email: string }) {
  const { result, noResponse, isSending, form } = useFormAction(changePassword, null, (outcome, sent) => {
    if (outcome?.kind === "done") sent?.reset();
  });
  const wrong = result?.kind === "refused" ? result.fields : {};
  return (
    <form {...form} className={classes["narrow"]}>
      <FormError message={noResponse ?? (result?.kind === "refused" ? result.message : null)} />
      {result?.kind === "done" && noResponse === null && <output>{describeChange(result.value)}</output>}
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
      <PasswordInput name="again" label="Confirm new password" autoComplete="new-password" error={wrong["again"]} required />
      <Checkbox
        name="revokeTokens"
        value="yes"
        label="Also revoke my personal tokens"
        description="In case someone else knows them. Tokens created with them, including organization tokens, are revoked as well."
      />
      <Button type="submit" loading={isSending}>
        Change password
      </Button>
    </form>
  );
}
