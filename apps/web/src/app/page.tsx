import { redirect } from "next/navigation";
import { signedInViewer } from "../page-data/current-viewer.ts";
import { organizationUrls } from "../ui/addresses.ts";

/** The way in: to the viewer's organization, or to signing in. */
export default async function FirstPage() {
  const { call } = await signedInViewer("/");
  const { items } = await call.organizations.list({ per_page: "1" });
  const [organization] = items;
  redirect(organization ? organizationUrls(organization.slug).home : "/account");
}
