import { CONTRIBUTORS_WRITE } from "@landfall/core/access/scopes";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailmapForm } from "#features/contributors/mailmap-form.tsx";
import { organizationPage } from "#server/pages/page-context.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";

export const metadata: Metadata = { title: "Import .mailmap" };

type MailmapProps = { readonly params: Promise<{ readonly organization: string }> };

/** Merges addresses and corrects names from a .mailmap, after a preview. */
export default async function Mailmap({ params }: MailmapProps) {
  const { organization, can, to } = await organizationPage((await params).organization);
  if (!can(...CONTRIBUTORS_WRITE)) notFound();
  return (
    <>
      <PageHeader
        title="Import .mailmap"
        facts={
          <>
            Merges and renames <PageLink href={to.people()}>contributors</PageLink> as git does with this file. You see a preview before
            anything changes.
          </>
        }
      />
      <MailmapForm organization={organization} />
    </>
  );
}
