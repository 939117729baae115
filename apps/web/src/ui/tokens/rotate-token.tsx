"use client";

import { useState } from "react";
import { DialogButton } from "../dialog/dialog-button.tsx";
import { DialogForm } from "../dialog/dialog-form.tsx";
import { useDialogAction } from "../dialog/use-act.ts";
import { rotateToken, type CreatedToken } from "./token-actions.ts";
import { NewToken } from "./token-shown.tsx";

type RotateTokenProps = {
  readonly name: string;
  readonly lastCharacters: string;
  /** What names it to the server. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A button that puts a new token in the place of one, which goes on working for a day. */
export function RotateToken({ name, lastCharacters, hidden }: RotateTokenProps) {
  return (
    <DialogButton label="Rotate" name={`Rotate ${name}, …${lastCharacters}`} look="row" title={`Rotate ${name}`} leaves={false}>
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
