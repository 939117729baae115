"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { Refusal } from "../../ui/refusal.tsx";
import { signIn } from "./sign-in.ts";

const NOTHING = { email: "", message: null, fields: {} };

/** Asks for address and password. */
export function SignInForm({ next }: { readonly next: string }) {
  const [{ email, message, fields }, send, isSending] = useActionState(signIn, NOTHING);
  return (
    <form action={send} className="stack">
      <input type="hidden" name="next" value={next} />
      <Refusal message={message} />
      <TextInput
        key={email}
        name="email"
        type="email"
        label="E-mail address"
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
