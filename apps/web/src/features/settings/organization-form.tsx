"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { toFormData } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { updateOrganization } from "./actions.ts";
import classes from "./organization-form.module.css";

type OrganizationFormProps = {
  readonly name: string;
  readonly slug: string;
  readonly openMembership: boolean;
  readonly membersCreateTokens: boolean;
};

/** The form with the settings of an organization. */
export function OrganizationForm({ name, slug, openMembership, membersCreateTokens }: OrganizationFormProps) {
  const [typed, setTyped] = useState(slug);
  const before = {
    organization: slug,
    name,
    slug,
    membership: openMembership ? "open" : "closed",
    tokens: membersCreateTokens ? "members" : "managers",
  };
  const acting = useDialogAction(updateOrganization, () => showDone("Organization updated.", () => updateOrganization(toFormData(before))));
  const { fields = {}, message } = acting.refused ?? {};
  return (
    <form onSubmit={acting.onSubmit} className={classes["form"]}>
      <input type="hidden" name="organization" value={slug} />
      <TextInput name="name" label="Name" defaultValue={name} maxLength={64} error={fields["name"]} required />
      <TextInput
        name="slug"
        label="Slug"
        description="Part of the URLs of its pages and of the settings of clients."
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={fields["slug"]}
        required
      />
      {typed !== slug && (
        <p className={classes["warning"]} role="alert">
          Organization tokens contain the slug <code>{slug}</code>, and pipelines may set SENTRY_ORG={slug}. They are rejected until they
          get a new token or setting. URLs of pages change as well.
        </p>
      )}
      <fieldset>
        <legend>Membership</legend>
        <label>
          <input type="radio" name="membership" value="open" defaultChecked={openMembership} />
          <span>
            <strong>Open:</strong> every member can access every project.
          </span>
        </label>
        <label>
          <input type="radio" name="membership" value="closed" defaultChecked={!openMembership} />
          <span>
            <strong>Closed:</strong> members and admins can access only the projects of their teams.
          </span>
        </label>
      </fieldset>
      <fieldset>
        <legend>Organization tokens</legend>
        <label>
          <input type="radio" name="tokens" value="managers" defaultChecked={!membersCreateTokens} />
          <span>
            <strong>Managers and owners</strong> create them.
          </span>
        </label>
        <label>
          <input type="radio" name="tokens" value="members" defaultChecked={membersCreateTokens} />
          <span>
            <strong>Every member</strong> who can access every project creates them, as in Sentry.
          </span>
        </label>
      </fieldset>
      <FormError message={message} />
      <div>
        <Button type="submit" loading={acting.isSending}>
          Save
        </Button>
      </div>
    </form>
  );
}
