"use server";

import { revalidatePath } from "next/cache";
import { act, type Outcome, textOf } from "../../../page-data/act.ts";

/** Ends the session the pressed button names, or all but the current one for "others". */
export async function endSessions(_before: Outcome, form: FormData): Promise<Outcome> {
  const session = textOf(form, "session");
  const outcome = await act(async ({ call }) => {
    if (session === "others") await call.sessions.revokeOthers();
    else await call.sessions.revoke({ session });
    return null;
  });
  revalidatePath("/account");
  return outcome;
}
