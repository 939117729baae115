import type { App } from "@landfall/core/app";
import { isAppError } from "@landfall/core/app-error";
import { useSetupLink } from "@landfall/core/provisioning/use-setup-link";
import { hashToken } from "@landfall/core/tokens/hash-token";
import { eq } from "drizzle-orm";
import { serverContext } from "./first-start.ts";

/** What the setup page asks of a new administrator. */
export type Newcomer = { readonly name: string; readonly email: string; readonly password: string };

export type SetupLinkState = "unused" | "used" | "unknown";

/** A new administrator with the token that is shown once, or what to mend: by field, or of the whole. */
export type SetUpOutcome =
  | { readonly kind: "made"; readonly email: string; readonly token: string }
  | { readonly kind: "refused"; readonly message: string | null; readonly fields: Readonly<Record<string, string>> };

/** Whether a setup link still works. */
export async function setupLinkState({ store: { read } }: App, link: string): Promise<SetupLinkState> {
  const { setupLinks } = read.tables;
  const [found] = await read
    .select({ dateUsed: setupLinks.dateUsed })
    .from(setupLinks)
    .where(eq(setupLinks.tokenHash, hashToken(link)));
  if (!found) return "unknown";
  return found.dateUsed === null ? "unused" : "used";
}

/** Uses a setup link up. What the newcomer may mend is answered; anything else is thrown. */
export async function setUp(app: App, link: string, { name, email, password }: Newcomer): Promise<SetUpOutcome> {
  try {
    const { user, token } = await useSetupLink(await serverContext(app), { link, name, email, password });
    return { kind: "made", email: user.email, token };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const fields = Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]));
    return { kind: "refused", message: error.issues.length === 0 ? error.message : null, fields };
  }
}
