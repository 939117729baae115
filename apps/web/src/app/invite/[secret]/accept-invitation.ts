"use server";

import { redirect } from "next/navigation";
import { runAction, formText } from "../../../page-data/act.ts";
import type { Outcome } from "../../../page-data/outcome.ts";
import { organizationUrls } from "../../../ui/addresses.ts";

/** Makes the viewer a member of the organization that invited them, and leads on to it. */
export async function acceptInvitation(_before: Outcome<string>, form: FormData): Promise<Outcome<string>> {
  const outcome = await runAction(async ({ call }) => {
    const { organization } = await call.invitations.accept({ secret: formText(form, "secret") });
    return organization.slug;
  });
  if (outcome.kind === "refused") return outcome;
  redirect(organizationUrls(outcome.value).home);
}
