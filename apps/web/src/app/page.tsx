import { redirect } from "next/navigation";
import { signedInViewer } from "#server/pages/page-context.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Redirects to the viewer's organization, or to the sign-in page. */
export default async function StartPage() {
  const { call } = await signedInViewer("/");
  const { items } = await call.organizations.list({ per_page: "1" });
  const [organization] = items;
  redirect(organization ? organizationUrls(organization.slug).home : "/account");
}
