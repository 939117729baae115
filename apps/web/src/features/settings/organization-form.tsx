"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toFormData } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { updateOrganization } from "./actions.ts";
import classes from "./organization-form.module.css";

type OrganizationFormProps = {
  readonly name: string;
  readonly slug: string;
  readonly openMembership: boolean;
  readonly membersCreateTokens: boolean;
  /** The names of the organization tokens that were used in the last 30 days. */
  readonly recentTokens: readonly string[];
};

/** Returns which tokens were used with the current slug: "In the last 30 days, it was used with the tokens CI and Nightly." */
function describeTokens(names: readonly string[]): string {
  if (names.length === 0) return "In the last 30 days, no organization token was used with it.";
  return `In the last 30 days, it was used with the ${names.length === 1 ? "token" : "tokens"} ${new Intl.ListFormat("en").format(names)}.`;
}

/** The form with the settings of an organization. */
export function OrganizationForm({ name, slug, openMembership, membersCreateTokens, recentTokens }: OrganizationFormProps) {
  const [typed, setTyped] = useState(slug);
  const before = {
    organization: slug,
    name,
    slug,
    membership: openMembership ? "open" : "closed",
    tokens: membersCreateTokens ? "members" : "managers",
  };
  const router = useRouter();
  const open = (changed: string, from: string) => {
    if (changed !== from) router.push(organizationUrls(changed).settings());
  };
  const acting = useDialogAction(updateOrganization, (changed) => {
    showDone("Organization updated.", async () => {
      const undone = await updateOrganization(toFormData({ ...before, organization: changed }));
      if (undone?.kind === "done") open(undone.value, changed);
      return undone;
    });
    open(changed, slug);
  });
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
        <div className={classes["warning"]} role="alert">
          <p>
            The slug <code>{slug}</code> still works afterwards: in organization tokens, in pipelines that set SENTRY_ORG={slug}, and in
            links. {describeTokens(recentTokens)}
          </p>
          <Checkbox
            name="takeFormerSlug"
            label="Use the new slug even if another organization had it before; clients that still use it no longer find that one"
          />
        </div>
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
