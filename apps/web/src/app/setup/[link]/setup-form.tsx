import { slugFrom } from "@landfall/schema/slug-from";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { SetupLinkDetails } from "@landfall/core/provisioning/describe-setup-link";
import { type ChangeEvent, useRef } from "react";
import { StandalonePage } from "../../../ui/door.tsx";
import { FormError } from "../../../ui/refusal.tsx";
import { TimeAgo } from "../../../ui/time-ago.tsx";
import type { FormAction } from "../../../ui/sending/use-send.ts";
import type { ClaimResult } from "./claim.ts";

type SetupFormProps = {
  readonly link: string;
  readonly facts: SetupLinkDetails;
  readonly refused: Extract<ClaimResult, { kind: "refused" }> | null;
  readonly sending: Pick<FormAction<unknown>, "form" | "isSending" | "unanswered">;
};

/** Asks for who becomes administrator and, while nothing was reported, for the names of the organization and its first project. */
export function SetupForm({ link, facts: { organization, project, mayName, dateExpires }, refused, sending }: SetupFormProps) {
  const wrong = refused?.fields ?? {};
  const typed = refused?.typed;
  const { form, isSending, unanswered } = sending;
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
        <FormError message={unanswered ?? refused?.message} />
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
