import type { Metadata } from "next";
import { headers } from "next/headers";
import { runningApp } from "../../../running-app.ts";
import { SetupForm } from "./setup-form.tsx";

export const metadata: Metadata = { title: "Set up" };

/** Where a setup link leads: its holder becomes an administrator, once. */
export default async function SetUp({ params }: { readonly params: Promise<{ readonly link: string }> }) {
  const { link } = await params;
  const running = runningApp();
  const state = await running.setupLinkState(link);
  if (state !== "unused") return <Spent isKnown={state === "used"} />;
  const { organization, project } = await running.status();
  const place = { url: running.originOf(await headers()), organization: organization ?? "", project: project ?? "" };
  return (
    <>
      <h1>Make your account</h1>
      <p>You become an administrator of this server. This link works once.</p>
      <SetupForm link={link} place={place} />
    </>
  );
}

function Spent({ isKnown }: { readonly isKnown: boolean }) {
  return (
    <>
      <h1>This link does not work</h1>
      <p role="alert">
        {isKnown ? "It was used before, or replaced by a newer one." : "It is unknown to this server. Check that it was copied whole."}{" "}
        Whoever runs the server makes a new one with <code>npm run admin -- setup-link --org &lt;slug&gt;</code>.
      </p>
    </>
  );
}
