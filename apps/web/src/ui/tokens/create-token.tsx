"use client";

import type { Scope } from "@landfall/schema/scope";
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButton } from "../dialog/dialog-button.tsx";
import { DialogForm } from "../dialog/dialog-form.tsx";
import { useDialogAction } from "../dialog/use-act.ts";
import { ScopeSelect } from "./scope-choice.tsx";
import { createToken, type CreatedToken } from "./token-actions.ts";
import { NewToken } from "./token-shown.tsx";

type CreateTokenProps = {
  readonly owner: "organization" | "me";
  /** Empty outside of any. */
  readonly organization: string;
  /** What a person's token may be allowed; an organization's is always for CI. */
  readonly scopes: readonly Scope[];
};

const EXPIRY_OPTIONS = [
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "never", label: "never" },
];

/** A button to make a token, which is then shown once. */
export function CreateToken(props: CreateTokenProps) {
  const whose = props.owner === "organization" ? "an organization token" : "a token of your own";
  return (
    <DialogButton
      label={`Create ${whose}`}
      look={props.owner === "organization" ? "main" : "plain"}
      title={`Create ${whose}`}
      leaves={false}
    >
      {(close) => <CreateTokenForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function CreateTokenForm({ owner, organization, scopes, onClose }: CreateTokenProps & { readonly onClose: () => void }) {
  const [shown, setShown] = useState<CreatedToken | null>(null);
  const acting = useDialogAction(createToken, setShown);
  if (shown) return <NewToken shown={shown} onClose={onClose} />;
  const { fields = {} } = acting.refused ?? {};
  return (
    <DialogForm acting={acting} hidden={{ owner, organization }} submit="Create the token" onCancel={onClose}>
      <TextInput
        name="name"
        label="Name"
        description="What uses it: “GitHub Actions of web”."
        error={fields["name"]}
        maxLength={255}
        required
        data-autofocus
      />
      {owner === "organization" ? (
        <p className="soft">It can create releases, with their commits and deploys, in every project; nothing else.</p>
      ) : (
        <ScopeSelect scopes={scopes} error={fields["scopes"]} />
      )}
      <NativeSelect name="expires" label="Stops working" data={EXPIRY_OPTIONS} defaultValue="90" error={fields["dateExpires"]} />
    </DialogForm>
  );
}
