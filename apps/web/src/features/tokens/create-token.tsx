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
      closesOnClickOutside={false}
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

type RotateTokenProps = {
  readonly name: string;
  readonly lastCharacters: string;
  /** What names it to the server. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A button that puts a new token in the place of one, which goes on working for a day. */
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
  const [shown, setShown] = useState<CreatedToken | null>(null);
  const acting = useDialogAction(rotateToken, setShown);
  if (shown) return <NewToken shown={shown} onClose={onClose} />;
  return (
    <DialogForm acting={acting} hidden={hidden} submit="Make the new token" onCancel={onClose}>
      <p>
        You get a new token with the same name, for the same things and as long a life. The old one, ending in{" "}
        <code>…{lastCharacters}</code>, <strong>works for 24 hours more</strong>, then stops: time to put the new one in its place without a
        failed build.
      </p>
    </DialogForm>
  );
}

/** A new token, the only time it can be seen: to copy, and as lines for a shell. */
function NewToken({ shown, onClose }: { readonly shown: CreatedToken; readonly onClose: () => void }) {
  return (
    <div className={dialog["fields"]}>
      <output>
        Here is the token. It is shown <strong>only now</strong>: copy it before you close this.
        {shown.oldWorksUntil !== null && (
          <>
            {" "}
            The old one stops working <TimeAgo at={shown.oldWorksUntil} />; put this one in its place before that.
          </>
        )}
      </output>
      <div className={classes["token"]}>
        <code>{shown.token}</code>
        <CopyButton text={shown.token} what="the token">
          Copy
        </CopyButton>
      </div>
      <p className="soft">For sentry-cli, landfall and other clients in a shell:</p>
      <CommandBlock label="Settings for a shell" lines={shown.lines} />
      <div className={dialog["buttons"]}>
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </div>
  );
}

type ScopeSelectProps = { readonly scopes: readonly Scope[]; readonly error: string | undefined };

/** What a token may do: one of a few usual sets, or each scope by itself, in words. */
function ScopeSelect({ scopes, error }: ScopeSelectProps) {
  const [set, setSet] = useState("releases");
  return (
    <fieldset className={classes["choice"]}>
      <NativeSelect
        label="What it can do"
        data={[...SCOPE_SETS.map(({ name, words }) => ({ value: name, label: words })), { value: "own", label: "choose each…" }]}
        value={set}
        onChange={(event) => setSet(event.currentTarget.value)}
        error={error}
      />
      {set === "own" ? (
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

/** The usual sets of scopes for a token of one's own, in words. */
export const SCOPE_SETS = [
  { name: "releases", words: "report releases, commits and deploys", scopes: ["project:releases", "project:read", "org:read"] },
  {
    name: "read",
    words: "only look: releases, projects, members, teams",
    scopes: ["project:read", "org:read", "member:read", "team:read"],
  },
  { name: "all", words: "everything I may do", scopes: null },
] as const satisfies readonly { readonly name: string; readonly words: string; readonly scopes: readonly Scope[] | null }[];

/** The scopes of a set, among those that may be given; none for a name that is no set's. */
export function scopesOfSet(name: string, offered: readonly Scope[]): readonly Scope[] {
  const set = SCOPE_SETS.find((one) => one.name === name);
  if (!set) return [];
  const wanted: readonly Scope[] = set.scopes ?? offered;
  return offered.filter((scope) => wanted.includes(scope));
}
