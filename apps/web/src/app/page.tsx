import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { BeforeSetUp } from "#features/setup/before-set-up.tsx";
import { currentViewer } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Redirects to the viewer's organization, or to the sign-in page. On a server without accounts, it leads to the setup page. */
export default async function StartPage() {
  const viewer = await currentViewer();
  if (!viewer) {
    const running = runningApp();
    const unused = await running.unusedServer(await headers());
    if (!unused) redirect("/sign-in?next=%2F");
    if (unused.local?.secret) redirect(`/setup/${unused.local.secret}`);
    return <BeforeSetUp local={unused.local} hasProvider={running.signInMethods.provider} />;
  }
  const { items } = await viewer.call.organizations.list({ per_page: "1" });
  const [organization] = items;
  redirect(organization ? organizationUrls(organization.slug).home : "/account");
}
