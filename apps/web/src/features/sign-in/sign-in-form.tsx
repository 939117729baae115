"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { signIn } from "./actions.ts";

const EMPTY = { email: "", message: null, fields: {} };

/** The form to sign in with a password. */
export function SignInForm({ next }: { readonly next: string }) {
  const { result, noResponse, isSending, form } = useFormAction(signIn, EMPTY);
  const { email, message, fields } = result;
  return (
    <form {...form} className="stack">
      <input type="hidden" name="next" value={next} />
      <FormError message={noResponse ?? message} />
      <TextInput
        key={email}
        name="email"
        type="email"
        label="Email address"
        autoComplete="username"
        defaultValue={email}
        error={fields["email"]}
        required
      />
      <PasswordInput name="password" label="Password" autoComplete="current-password" error={fields["password"]} required />
      <Button type="submit" loading={isSending}>
        Sign in
      </Button>
    </form>
  );
}
