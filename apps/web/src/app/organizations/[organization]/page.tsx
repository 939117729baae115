import type { Metadata } from "next";
import { organizationPage } from "../../../page-data/organization-page.ts";
import { PageHead } from "../../../ui/page-head.tsx";

export const metadata: Metadata = { title: "Home" };

type HomeProps = { readonly params: Promise<{ readonly organization: string }> };

/** What is where, what changed, and what needs somebody. */
export default async function Home({ params }: HomeProps) {
  const { name } = await organizationPage((await params).organization);
  return <PageHead title={name} />;
}
