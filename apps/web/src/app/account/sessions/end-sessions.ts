"use server";

import { revalidatePath } from "next/cache";
import { runAction, formText } from "../../../page-data/act.ts";
import type { Outcome } from "../../../page-data/outcome.ts";

/** Ends the session the pressed button names, or all but the current one for "others". */
export async function endSessions(_before: Outcome, form: FormData): Promise<Outcome> {
  const session = formText(form, "session");
  const outcome = await runAction(async ({ call }) => {
    if (session === "others") await call.sessions.revokeOthers();
    else await call.sessions.revoke({ session });
    return null;
  });
  revalidatePath("/account");
  return outcome;
}
