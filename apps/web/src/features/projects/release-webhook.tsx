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

/** A button to show and rotate the release webhook of a project. */
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
  const hiddenFields = (
    <>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="project" value={project} />
    </>
  );
  return (
    <div className={dialog["fields"]}>
      <p>Anyone with this URL can report releases of {project}, but nothing else. It needs no token, so keep it secret.</p>
      {hook && (
        <>
          <CommandLine command={hook.webhookUrl} />
          <p className="soft">Signing token:</p>
          <CommandLine command={hook.token} />
          <p>Example:</p>
          <CommandLine command={`curl '${hook.webhookUrl}' -H 'Content-Type: application/json' -d '{"version":"1.0.0"}'`} />
        </>
      )}
      <FormError message={showing.refused?.message ?? rotating.refused?.message} />
      {!hook && (
        <form onSubmit={showing.onSubmit} className={dialog["buttons"]}>
          {hiddenFields}
          <Button type="submit" loading={showing.isSending}>
            Show URL
          </Button>
        </form>
      )}
      {hook && (
        <form onSubmit={rotating.onSubmit} className={dialog["buttons"]}>
          {hiddenFields}
          <span className="soft">A new URL replaces this one immediately. This cannot be undone.</span>
          <Button type="submit" color="red" variant="light" loading={rotating.isSending}>
            Create a new URL
          </Button>
        </form>
      )}
    </div>
  );
}
