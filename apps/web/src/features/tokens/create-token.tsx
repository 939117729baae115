"use client";

import { type Scope, SCOPE_DESCRIPTIONS } from "@landfall/schema/scope";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { CommandBlock } from "#ui/command-block.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { type CreatedToken, createToken, rotateToken } from "./actions.ts";
import dialog from "#ui/dialog/dialog.module.css";
import classes from "./create-token.module.css";

type CreateTokenProps = {
  readonly owner: "organization" | "me";
  /** Empty outside of an organization. */
  readonly organization: string;
  /** The scopes offered for a personal token; organization tokens are always for CI. */
  readonly scopes: readonly Scope[];
};

const EXPIRY_OPTIONS = [
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "never", label: "never" },
];

/** A button to create a token, which is then shown once. */
export function CreateToken(props: CreateTokenProps) {
  const kind = props.owner === "organization" ? "organization token" : "personal token";
  return (
    <DialogButton
      label={`Create ${kind}`}
      look={props.owner === "organization" ? "main" : "plain"}
      title={`Create ${kind}`}
      closesOnClickOutside={false}
    >
      {(close) => <CreateTokenForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function CreateTokenForm({ owner, organization, scopes, onClose }: CreateTokenProps & { readonly onClose: () => void }) {
  const [created, setCreated] = useState<CreatedToken | null>(null);
  const acting = useDialogAction(createToken, setCreated);
  if (created) return <NewToken created={created} onClose={onClose} />;
  const { fields = {} } = acting.refused ?? {};
  return (
    <DialogForm acting={acting} hidden={{ owner, organization }} submit="Create token" onCancel={onClose}>
      <TextInput
        name="name"
        label="Name"
        description="Where it is used: “GitHub Actions of web”."
        error={fields["name"]}
        maxLength={255}
        required
        data-autofocus
      />
      {owner === "organization" ? (
        <p className="soft">It can only create releases, with their commits and deploys, in every project.</p>
      ) : (
        <ScopeSelect scopes={scopes} error={fields["scopes"]} />
      )}
      <NativeSelect name="expires" label="Expires" data={EXPIRY_OPTIONS} defaultValue="90" error={fields["dateExpires"]} />
    </DialogForm>
  );
}

type RotateTokenProps = {
  readonly name: string;
  readonly lastCharacters: string;
  /** The form fields that identify the token. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A button to rotate a token; the old one works for another day. */
export function RotateToken({ name, lastCharacters, hidden }: RotateTokenProps) {
  return (
    <DialogButton
      label="Rotate"
      name={`Rotate ${name}, …${lastCharacters}`}
      look="row"
      title={`Rotate ${name}`}
      closesOnClickOutside={false}
    >
      {(close) => <RotateTokenForm lastCharacters={lastCharacters} hidden={hidden} onClose={close} />}
    </DialogButton>
  );
}

function RotateTokenForm({ lastCharacters, hidden, onClose }: Omit<RotateTokenProps, "name"> & { readonly onClose: () => void }) {
  const [created, setCreated] = useState<CreatedToken | null>(null);
  const acting = useDialogAction(rotateToken, setCreated);
  if (created) return <NewToken created={created} onClose={onClose} />;
  return (
    <DialogForm acting={acting} hidden={hidden} submit="Create new token" onCancel={onClose}>
      <p>
        You get a new token with the same name, scopes and lifetime. The old one, ending in <code>…{lastCharacters}</code>,{" "}
        <strong>works for another 24 hours</strong>, so that you can replace it without failed builds.
      </p>
    </DialogForm>
  );
}

/** A new token, which is shown only here: to copy, and as shell commands. */
function NewToken({ created, onClose }: { readonly created: CreatedToken; readonly onClose: () => void }) {
  return (
    <div className={dialog["fields"]}>
      <output>
        This token is shown <strong>only once</strong>. Copy it before you close this dialog.
        {created.oldWorksUntil !== null && (
          <>
            {" "}
            The old one stops working <TimeAgo at={created.oldWorksUntil} />. Replace it before that.
          </>
        )}
      </output>
      <div className={classes["token"]}>
        <code>{created.token}</code>
        <CopyButton text={created.token} what="the token">
          Copy
        </CopyButton>
      </div>
      <p className="soft">For sentry-cli, landfall and other clients in a shell:</p>
      <CommandBlock label="Settings for a shell" lines={created.lines} />
      <div className={dialog["buttons"]}>
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </div>
  );
}

type ScopeSelectProps = { readonly scopes: readonly Scope[]; readonly error: string | undefined };

/** Selects the scopes of a token: a predefined set, or each scope. */
function ScopeSelect({ scopes, error }: ScopeSelectProps) {
  const [set, setSet] = useState("releases");
  return (
    <fieldset className={classes["scopes"]}>
      <NativeSelect
        label="Permissions"
        data={[...SCOPE_SETS.map(({ name, label }) => ({ value: name, label })), { value: "custom", label: "custom…" }]}
        value={set}
        onChange={(event) => setSet(event.currentTarget.value)}
        error={error}
      />
      {set === "custom" ? (
        <div className={classes["list"]}>
          {scopes.map((scope) => (
            <label key={scope}>
              <input type="checkbox" name="scopes" value={scope} />
              {SCOPE_DESCRIPTIONS[scope]} <code>{scope}</code>
            </label>
          ))}
        </div>
      ) : (
        scopesOfSet(set, scopes).map((scope) => <input key={scope} type="hidden" name="scopes" value={scope} />)
      )}
    </fieldset>
  );
}

/** Predefined sets of scopes for personal tokens. */
export const SCOPE_SETS = [
  { name: "releases", label: "report releases, commits and deploys", scopes: ["project:releases", "project:read", "org:read"] },
  {
    name: "read",
    label: "read releases, projects, members and teams",
    scopes: ["project:read", "org:read", "member:read", "team:read"],
  },
  { name: "all", label: "everything I am allowed to do", scopes: null },
] as const satisfies readonly { readonly name: string; readonly label: string; readonly scopes: readonly Scope[] | null }[];

/** Returns the offered scopes of a set; none for an unknown set. */
export function scopesOfSet(name: string, offered: readonly Scope[]): readonly Scope[] {
  const set = SCOPE_SETS.find((one) => one.name === name);
  if (!set) return [];
  const included: readonly Scope[] = set.scopes ?? offered;
  return offered.filter((scope) => included.includes(scope));
}
