"use client";

import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { toFormData } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { updateOrganization } from "./actions.ts";
import { SlugField } from "./slug-field.tsx";
import classes from "./organization-form.module.css";

type OrganizationFormProps = {
  readonly name: string;
  readonly slug: string;
  readonly openMembership: boolean;
  readonly membersCreateTokens: boolean;
  /** The names of the organization tokens that were used in the last 30 days. */
  readonly recentTokens: readonly string[];
};

/** The form with the settings of an organization. */
export function OrganizationForm({ name, slug, openMembership, membersCreateTokens, recentTokens }: OrganizationFormProps) {
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
      <SlugField
        kind="organization"
        slug={slug}
        description="Part of the URLs of its pages and of the settings of clients."
        error={fields["slug"]}
        recentTokens={recentTokens}
      />
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
