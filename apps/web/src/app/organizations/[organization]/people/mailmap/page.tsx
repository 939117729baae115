import { CONTRIBUTORS_WRITE } from "@landfall/core/access/scopes";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailmapForm } from "#features/contributors/mailmap-form.tsx";
import { organizationPage } from "#server/pages/page-context.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";

export const metadata: Metadata = { title: "Import a .mailmap" };

type MailmapProps = { readonly params: Promise<{ readonly organization: string }> };

/** Merges addresses and corrects names as a .mailmap says, once somebody has seen what that changes. */
export default async function Mailmap({ params }: MailmapProps) {
  const { organization, can, to } = await organizationPage((await params).organization);
  if (!can(...CONTRIBUTORS_WRITE)) notFound();
  return (
    <>
      <PageHeader
        title="Import a .mailmap"
        facts={
          <>
            <PageLink href={to.people()}>People</PageLink> are merged and named as git does it with this file. Nothing changes before you
            have seen what.
          </>
        }
      />
      <MailmapForm organization={organization} />
    </>
  );
}
