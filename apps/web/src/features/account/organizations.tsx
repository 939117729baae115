"use client";

import type { RemovedOrganizationView } from "@landfall/schema/organizations/organizations";
import { slugFrom } from "@landfall/schema/slug-from";
import { Button, TextInput } from "@mantine/core";
import { useRef } from "react";
import { restoreOrganization } from "#features/sample-data/actions.ts";
import { RowActionButton } from "#ui/dialog/action-buttons.tsx";
import { FormError } from "#ui/forms/form-error.tsx";
import { useFormAction } from "#ui/forms/use-form-action.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { createOrganization } from "./actions.ts";
import classes from "./password-form.module.css";

/** The form to create an organization, for people who belong to none. */
export function CreateOrganization() {
  const { result, noResponse, isSending, form } = useFormAction(createOrganization, null);
  const slug = useRef<HTMLInputElement>(null);
  const isSlugEdited = useRef(false);
  const { fields: wrong = {}, message = null } = result?.kind === "refused" ? result : {};
  return (
    <form {...form} className={classes["narrow"]} aria-label="Create an organization">
      <FormError message={noResponse ?? message} />
      <TextInput
        name="name"
        label="Organization"
        maxLength={64}
        error={wrong["name"]}
        onChange={({ target }) => {
          // The slug follows the name until it is edited.
          if (slug.current && !isSlugEdited.current) slug.current.value = slugFrom(target.value);
        }}
        required
      />
      <TextInput
        ref={slug}
        name="slug"
        label="Organization slug"
        description="Used in URLs and SENTRY_ORG."
        error={wrong["slug"]}
        onChange={() => {
          isSlugEdited.current = true;
        }}
        required
      />
      <TextInput
        name="project"
        label="First project"
        description="What you release: a service, an app, a website."
        error={wrong["project"]}
        required
      />
      <Button type="submit" loading={isSending}>
        Create organization
      </Button>
    </form>
  );
}

/** The organizations that the viewer removed and can restore. */
export function RemovedOrganizations({ organizations }: { readonly organizations: readonly RemovedOrganizationView[] }) {
  return (
    <ul>
      {organizations.map(({ id, name, dateRemoved, dateExpires }) => (
        <li key={id}>
          {name}: removed <TimeAgo at={dateRemoved} />, deleted for good <TimeAgo at={dateExpires} />{" "}
          <RowActionButton label="Restore" name={`Restore ${name}`} action={restoreOrganization} hidden={{ organization: id }} />
        </li>
      ))}
    </ul>
  );
}
