"use server";

import { redirect } from "next/navigation";
import { act, type Outcome, textOf } from "../../../page-data/act.ts";
import { addresses } from "../../../ui/addresses.ts";

/** Makes the viewer a member of the organization that invited them, and leads on to it. */
export async function acceptInvitation(_before: Outcome<string>, form: FormData): Promise<Outcome<string>> {
  const outcome = await act(async ({ call }) => {
    const { organization } = await call.invitations.accept({ secret: textOf(form, "secret") });
    return organization.slug;
  });
  if (outcome.kind === "refused") return outcome;
  redirect(addresses(outcome.value).home);
}
