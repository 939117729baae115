"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { acceptInvitation, joinOrganization } from "./actions.ts";

/** The form for an invited person without an account. */
export function JoinForm({ secret, email }: { readonly secret: string; readonly email: string }) {
  const { result, noResponse, isSending, form } = useFormAction<Awaited<ReturnType<typeof joinOrganization>> | null>(
    joinOrganization,
    null,
  );
  return (
    <form {...form} className="stack">
      <input type="hidden" name="secret" value={secret} />
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      <FormError message={noResponse ?? result?.message} />
      <TextInput
        name="name"
        label="Your name (optional)"
        autoComplete="name"
        maxLength={64}
        defaultValue={result?.name}
        error={result?.fields["name"]}
      />
      <PasswordInput
        name="password"
        label="Password"
        description="At least 10 characters."
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        error={result?.fields["password"]}
        required
      />
      <Button type="submit" loading={isSending}>
        Create account and join
      </Button>
    </form>
  );
}

/** The form for an invited person who is signed in. */
export function AcceptForm({ secret, signedInAs }: { readonly secret: string; readonly signedInAs: string }) {
  const { result, noResponse, isSending, form } = useFormAction(acceptInvitation, null);
  return (
    <form {...form} className="stack">
      <input type="hidden" name="secret" value={secret} />
      <p className="soft">You are signed in as {signedInAs}.</p>
      <FormError message={noResponse ?? (result?.kind === "refused" ? result.message : null)} />
      <Button type="submit" loading={isSending}>
        Accept invitation
      </Button>
    </form>
  );
}
