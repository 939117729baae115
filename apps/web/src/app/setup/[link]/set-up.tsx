"use client";

import type { SetupLinkDetails } from "@landfall/core/provisioning/describe-setup-link";
import type { ReactNode } from "react";
import type { FirstReleaseProgress } from "../../../page-data/first-release.ts";
import { organizationUrls } from "../../../ui/addresses.ts";
import { StandalonePage } from "../../../ui/door.tsx";
import { FirstReleasePanel } from "../../../ui/first-release/first-release-panel.tsx";
import { EventsStream } from "../../../ui/live/live-events.tsx";
import { PageLink } from "../../../ui/page-link.tsx";
import { useFormAction } from "../../../ui/sending/use-send.ts";
import { type ClaimResult, claimSetupLink } from "./claim.ts";
import { SetupForm } from "./setup-form.tsx";
import classes from "./set-up.module.css";

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
  const { answer } = sending;
  if (answer?.kind === "made") {
    const { email, token, organization, project } = answer;
    return (
      <StandalonePage title="Report a first release" wide>
        <output className={classes["made"]}>
          Your account {email} is made, and you are signed in. The token in these lines is yours, with every permission. It is shown{" "}
          <strong>only now</strong>: keep it in a safe place.
        </output>
        <FirstReleasePanel place={{ url, organization, project }} token={token} progress={progress} />
        <p>
          Or go to <PageLink href={organizationUrls(organization).home}>the pages of {organization}</PageLink>, where sample data shows what they
          look like.
        </p>
        <EventsStream organization={organization} />
      </StandalonePage>
    );
  }
  return children ?? <SetupForm link={link} facts={facts} refused={answer} sending={sending} />;
}
