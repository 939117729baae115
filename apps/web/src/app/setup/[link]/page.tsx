import type { Metadata } from "next";
import { headers } from "next/headers";
import { runningApp } from "../../../running-app.ts";
import { SetupForm } from "./setup-form.tsx";
import { SpentLink } from "./spent-link.tsx";

export const metadata: Metadata = { title: "Set up" };

/** Where a setup link leads: its holder becomes an administrator, once. */
export default async function SetUp({ params }: { readonly params: Promise<{ readonly link: string }> }) {
  const { link } = await params;
  const running = runningApp();
  const state = await running.setupLinkState(link);
  const { organization, project } = await running.status();
  const place = { url: running.originOf(await headers()), organization: organization ?? "", project: project ?? "" };
  // Also for a link that was used just now: without scripts, this very page is the answer to the form.
  return (
    <SetupForm link={link} place={place}>
      {state === "unused" ? null : <SpentLink isKnown={state === "used"} />}
    </SetupForm>
  );
}
