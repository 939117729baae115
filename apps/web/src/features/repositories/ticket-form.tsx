"use client";

import { repositoryLinks, templateProblem } from "@landfall/domain/commits/repository-links";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { toFormData } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { ExternalLink } from "#ui/links.tsx";
import { showDone } from "#ui/notices/notices.tsx";
import { setTicketUrl } from "./actions.ts";
import classes from "./repository-form.module.css";

type TicketFormProps = { readonly organization: string; readonly ticketUrl: string | null };

/** The form for the links of tickets such as PROJ-12. */
export function TicketForm({ organization, ticketUrl }: TicketFormProps) {
  const [typed, setTyped] = useState(ticketUrl ?? "");
  const before = { organization, ticketUrl: ticketUrl ?? "" };
  const acting = useDialogAction(setTicketUrl, () => showDone("Saved the ticket link.", () => setTicketUrl(toFormData(before))));
  const { fields = {}, message } = acting.refused ?? {};
  const problem = typed.trim() === "" ? null : templateProblem("ticket", typed.trim());
  const example =
    typed.trim() === "" || problem !== null
      ? null
      : repositoryLinks({ name: "", url: null, links: null, ticketUrl: typed.trim() }).reference("PROJ-12");
  return (
    <section aria-labelledby="tickets">
      <h2 id="tickets">Tickets</h2>
      <form onSubmit={acting.onSubmit} className={classes["tickets"]}>
        <TextInput
          name="ticketUrl"
          label="Ticket link"
          description="Where references such as PROJ-12 in the commits of all repositories lead. Contains {ticket}."
          placeholder="https://jira.example.com/browse/{ticket}"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={problem ?? fields["ticketUrl"]}
          maxLength={500}
        />
        <input type="hidden" name="organization" value={organization} />
        <Button type="submit" variant="default" loading={acting.isSending}>
          Save
        </Button>
      </form>
      {example !== null && (
        <p className="soft">
          Example: <ExternalLink href={example}>{example}</ExternalLink>
        </p>
      )}
      <FormError message={message} />
    </section>
  );
}
