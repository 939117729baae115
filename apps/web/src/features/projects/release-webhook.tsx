"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { CommandLine } from "#ui/command-line.tsx";
import { DialogButton } from "#ui/dialog/dialog.tsx";
import { FormError } from "#ui/forms/form-error.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { type ReleaseWebhook as Hook, rotateReleaseWebhook, showReleaseWebhook } from "./actions.ts";
import dialog from "#ui/dialog/dialog.module.css";

type ReleaseWebhookProps = { readonly organization: string; readonly project: string };

/** A button to see, and to change, the address releases of a project may be reported to without a token. */
export function ReleaseWebhookButton(props: ReleaseWebhookProps) {
  return (
    <DialogButton label="Webhook" name={`Webhook of ${props.project}`} look="row" title={`Release webhook of ${props.project}`}>
      {() => <WebhookForms {...props} />}
    </DialogButton>
  );
}

function WebhookForms({ organization, project }: ReleaseWebhookProps) {
  const [hook, setHook] = useState<Hook | null>(null);
  const showing = useDialogAction(showReleaseWebhook, setHook);
  const rotating = useDialogAction(rotateReleaseWebhook, setHook);
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
      <FormError message={showing.refused?.message ?? rotating.refused?.message} />
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
