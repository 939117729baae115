"use client";

import type { SetupLinkDetails } from "@landfall/core/operations/setup/setup-link";
import { slugFrom } from "@landfall/schema/slug-from";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type ChangeEvent, type ReactNode, useRef } from "react";
import { FirstReleasePanel } from "#features/first-release/first-release-panel.tsx";
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

/** Makes the administrator, then shows their token, once, and waits with them for the first release. */
export function SetUp({ link, facts, url, progress, children }: SetUpProps) {
  const sending = useFormAction<ClaimResult | null>(claimSetupLink, null);
  const { result } = sending;
  if (result?.kind === "made") {
    const { email, token, organization, project } = result;
    return (
      <StandalonePage title="Report a first release" wide>
        <output className={classes["made"]}>
          Your account {email} is made, and you are signed in. The token in these lines is yours, with every permission. It is shown{" "}
          <strong>only now</strong>: keep it in a safe place.
        </output>
        <FirstReleasePanel target={{ url, organization, project }} token={token} progress={progress} />
        <p>
          Or go to <PageLink href={organizationUrls(organization).home}>the pages of {organization}</PageLink>, where sample data shows what
          they look like.
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

/** Asks for who becomes administrator and, while nothing was reported, for the names of the organization and its first project. */
function SetupForm({ link, facts: { organization, project, mayName, dateExpires }, refused, sending }: SetupFormProps) {
  const wrong = refused?.fields ?? {};
  const typed = refused?.typed;
  const { form, isSending, noResponse } = sending;
  const slug = useRef<HTMLInputElement>(null);
  const ownSlug = useRef(false);
  // The short name follows the name until somebody writes one of their own.
  const follow = ({ target }: ChangeEvent<HTMLInputElement>) => {
    if (slug.current && !ownSlug.current) slug.current.value = slugFrom(target.value);
  };
  return (
    <StandalonePage title="Set up Landfall">
      <form {...form} className="stack">
        {/* Not bound to the action: React 19.3 renders such a form for ever when it is sent without scripts. */}
        <input type="hidden" name="link" value={link} />
        <p className="soft">
          You become an administrator{mayName || !organization ? "" : ` of ${organization.name}`}. This link works once
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
          error={wrong["name"]}
          maxLength={64}
        />
        <TextInput
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          defaultValue={typed?.email}
          error={wrong["email"]}
          required
        />
        <PasswordInput
          name="password"
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          error={wrong["password"]}
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
              error={wrong["organizationName"]}
              onChange={follow}
              maxLength={64}
              required
            />
            <TextInput
              ref={slug}
              name="organizationSlug"
              onChange={() => {
                ownSlug.current = true;
              }}
              label="Its short name"
              description="As in addresses and SENTRY_ORG. Another one ends the token that was printed at the start."
              defaultValue={typed?.organizationSlug ?? organization?.slug}
              error={wrong["organizationSlug"]}
              required
            />
            <TextInput
              name="projectSlug"
              label="First project"
              description="What you release: a service, an app, a site."
              defaultValue={typed?.projectSlug ?? project ?? undefined}
              error={wrong["projectSlug"]}
              required
            />
          </>
        )}
        <Button type="submit" loading={isSending}>
          Make the account
        </Button>
      </form>
    </StandalonePage>
  );
}
