"use client";

import Link from "next/link";
import { type ReactNode, useActionState } from "react";
import { settingsLines } from "../../../serving/settings-lines.ts";
import { Field } from "../../../ui/field.tsx";
import { ShellLines } from "../../../ui/shell-lines.tsx";
import { type Claim, claim } from "./claim.ts";

type Place = { readonly url: string; readonly organization: string; readonly project: string };

const NOTHING: Claim = { outcome: null, typed: { name: "", email: "" } };

type SetupFormProps = { readonly link: string; readonly place: Place; readonly children: ReactNode };

/** Asks for name, address and password; then shows the new token, once. Children are shown instead of the form. */
export function SetupForm({ link, place, children }: SetupFormProps) {
  const [{ outcome, typed }, send, isSending] = useActionState(claim, NOTHING);
  if (outcome?.kind === "made") return <Made email={outcome.email} lines={settingsLines({ ...place, token: outcome.token })} />;
  if (children) return children;
  const wrong = outcome?.fields ?? {};
  return (
    <>
      <h1>Make your account</h1>
      <p>You become an administrator of this server. This link works once.</p>
      <form action={send} className="stack">
        {/* Not bound to the action: React 19.3 renders such a form for ever when it is sent without scripts. */}
        <input type="hidden" name="link" value={link} />
        {outcome?.message && <p role="alert">{outcome.message}</p>}
        <Field name="name" label="Name" autoComplete="name" defaultValue={typed.name} wrong={wrong.name} maxLength={64} />
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          defaultValue={typed.email}
          wrong={wrong.email}
          required
        />
        <Field
          name="password"
          label="Password"
          hint="At least 10 characters."
          type="password"
          autoComplete="new-password"
          wrong={wrong.password}
          minLength={10}
          maxLength={128}
          required
        />
        <button type="submit" disabled={isSending}>
          {isSending ? "Making it…" : "Make the account"}
        </button>
      </form>
    </>
  );
}

function Made({ email, lines }: { readonly email: string; readonly lines: readonly string[] }) {
  return (
    <>
      <h1>Your account {email} is made</h1>
      <output>
        This is your own token, with every permission. It is shown <strong>only now</strong>: keep it in a safe place.
      </output>
      <ShellLines label="Settings with your token" lines={lines} />
      <p>
        <Link href="/" prefetch={false}>
          Go to the first page
        </Link>
      </p>
    </>
  );
}
