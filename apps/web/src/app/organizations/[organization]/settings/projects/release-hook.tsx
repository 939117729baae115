"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { CommandLine } from "../../../../../ui/command-line.tsx";
import dialog from "../../../../../ui/dialog/dialog.module.css";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { useAct } from "../../../../../ui/dialog/use-act.ts";
import { Refusal } from "../../../../../ui/refusal.tsx";
import { type ReleaseHook as Hook, rotateReleaseHook, showReleaseHook } from "./project-actions.ts";

type ReleaseHookProps = { readonly organization: string; readonly project: string };

/** A button to see, and to change, the address releases of a project may be reported to without a token. */
export function ReleaseHook(props: ReleaseHookProps) {
  return (
    <DialogButton label="Webhook" name={`Webhook of ${props.project}`} look="row" title={`Release webhook of ${props.project}`}>
      {() => <HookForms {...props} />}
    </DialogButton>
  );
}

function HookForms({ organization, project }: ReleaseHookProps) {
  const [hook, setHook] = useState<Hook | null>(null);
  const showing = useAct(showReleaseHook, setHook);
  const rotating = useAct(rotateReleaseHook, setHook);
  const names = (
    <>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="project" value={project} />
    </>
  );
  return (
    <div className={dialog["fields"]}>
      <p>Whoever knows this address can report releases of {project}, and nothing else. It needs no token, so keep it as secret as one.</p>
      {hook && (
        <>
          <CommandLine command={hook.webhookUrl} />
          <p className="soft">Its signing token:</p>
          <CommandLine command={hook.token} />
          <p>For example:</p>
          <CommandLine command={`curl '${hook.webhookUrl}' -H 'Content-Type: application/json' -d '{"version":"1.0.0"}'`} />
        </>
      )}
      <Refusal message={showing.refused?.message ?? rotating.refused?.message} />
      {!hook && (
        <form onSubmit={showing.onSubmit} className={dialog["buttons"]}>
          {names}
          <Button type="submit" loading={showing.isSending}>
            Show the address
          </Button>
        </form>
      )}
      {hook && (
        <form onSubmit={rotating.onSubmit} className={dialog["buttons"]}>
          {names}
          <span className="soft">A new address ends this one at once; that cannot be undone.</span>
          <Button type="submit" color="red" variant="light" loading={rotating.isSending}>
            Make a new address
          </Button>
        </form>
      )}
    </div>
  );
}
