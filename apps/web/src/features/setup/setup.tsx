"use client";

import type { SetupLinkDetails } from "@landfall/core/operations/setup/setup-link";
import { slugFrom } from "@landfall/schema/slug-from";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type ChangeEvent, type ReactNode, useRef } from "react";
import { FirstReleaseWithToken } from "#features/first-release/first-release-token.tsx";
import type { FirstReleaseProgress } from "#features/first-release/first-release.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { type FormAction, useFormAction } from "#ui/forms/use-form-action.ts";
import { PageLink } from "#ui/links.tsx";
import { EventsStream } from "#ui/live/events-stream.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { StandalonePage } from "#ui/standalone-page.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { type ClaimResult, claimSetupLink } from "./actions.ts";
import classes from "./setup.module.css";

type SetUpProps = {
  readonly link: string;
  readonly facts: SetupLinkDetails;
  readonly url: string;
  readonly progress: FirstReleaseProgress | null;
  /** Shown in place of the form when the link does not work. */
  readonly children: ReactNode;
};

/** Creates the owner, then shows their token once and waits for the first release. */
export function SetUp({ link, facts, url, progress, children }: SetUpProps) {
  const sending = useFormAction<ClaimResult | null>(claimSetupLink, null);
  const { result } = sending;
  if (result?.kind === "created") {
    const { email, token, organization, project } = result;
    return (
      <StandalonePage title="Report your first release" wide>
        <output className={classes["created"]}>Your account {email} was created, and you are signed in.</output>
        <FirstReleaseWithToken target={{ url, organization, project }} progress={progress} mayCreateOrgToken given={token} />
        <p>
          Or go to <PageLink href={organizationUrls(organization).home}>{organization}</PageLink>, where you can create sample data.
        </p>
        <EventsStream organization={organization} />
      </StandalonePage>
    );
  }
  return children ?? <SetupForm link={link} facts={facts} refused={result} sending={sending} />;
}

type SetupFormProps = {
  readonly link: string;
  readonly facts: SetupLinkDetails;
  readonly refused: Extract<ClaimResult, { kind: "refused" }> | null;
  readonly sending: Pick<FormAction<unknown>, "form" | "isSending" | "noResponse">;
};

/** The form for the owner and, while there are no releases, for the names of the organization and its first project. */
function SetupForm({ link, facts: { organization, project, mayName, dateExpires }, refused, sending }: SetupFormProps) {
  const errors = refused?.fields ?? {};
  const typed = refused?.typed;
  const { form, isSending, noResponse } = sending;
  const slug = useRef<HTMLInputElement>(null);
  const isSlugEdited = useRef(false);
  // The slug follows the name until it is edited.
  const deriveSlug = ({ target }: ChangeEvent<HTMLInputElement>) => {
    if (slug.current && !isSlugEdited.current) slug.current.value = slugFrom(target.value);
  };
  return (
    <StandalonePage title="Set up Landfall">
      <form {...form} className="stack">
        {/* Not bound to the action: React 19.3 renders such a form endlessly when it is sent without scripts. */}
        <input type="hidden" name="link" value={link} />
        <p className="soft">
          You become an owner{mayName || !organization ? "" : ` of ${organization.name}`}. This link works once
          {dateExpires !== null && (
            <>
              {" "}
              and expires <TimeAgo at={dateExpires} />
            </>
          )}
          .
        </p>
        <FormError message={noResponse ?? refused?.message} />
        <TextInput
          name="name"
          label="Your name (optional)"
          autoComplete="name"
          defaultValue={typed?.name}
          error={errors["name"]}
          maxLength={64}
        />
        <TextInput
          name="email"
          label="Email address"
          type="email"
          autoComplete="username"
          defaultValue={typed?.email}
          error={errors["email"]}
          required
        />
        <PasswordInput
          name="password"
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          error={errors["password"]}
          minLength={10}
          maxLength={128}
          required
        />
        {mayName && (
          <>
            <TextInput
              name="organizationName"
              label="Organization"
              defaultValue={typed?.organizationName ?? organization?.name}
              error={errors["organizationName"]}
              onChange={deriveSlug}
              maxLength={64}
              required
            />
            <TextInput
              ref={slug}
              name="organizationSlug"
              onChange={() => {
                isSlugEdited.current = true;
              }}
              label="Organization slug"
              description="Used in URLs and SENTRY_ORG. Changing it revokes the token printed at the first start."
              defaultValue={typed?.organizationSlug ?? organization?.slug}
              error={errors["organizationSlug"]}
              required
            />
            <TextInput
              name="projectSlug"
              label="First project"
              description="What you release: a service, an app, a website."
              defaultValue={typed?.projectSlug ?? project ?? undefined}
              error={errors["projectSlug"]}
              required
            />
          </>
        )}
        <Button type="submit" loading={isSending}>
          Create account
        </Button>
      </form>
    </StandalonePage>
  );
}
