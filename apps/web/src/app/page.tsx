import { redirect } from "next/navigation";
import { signedInViewer } from "#server/pages/page-context.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** The way in: to the viewer's organization, or to signing in. */
export default async function FirstPage() {
  const { call } = await signedInViewer("/");
  const { items } = await call.organizations.list({ per_page: "1" });
  const [organization] = items;
  redirect(organization ? organizationUrls(organization.slug).home : "/account");
}
