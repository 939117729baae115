import { isAppError } from "@landfall/core/app-error";
import type { Context } from "@landfall/core/context";
import { createSample } from "@landfall/core/sample/create-sample";

/** The slug of the organization that was made, or why there is none. */
export type SampleOutcome =
  | { readonly kind: "made"; readonly organization: string }
  | { readonly kind: "refused"; readonly message: string };

/** Makes sample data for whoever is signed in. What they may mend is answered; anything else is thrown. */
export async function createSampleData({ actor, ...context }: Context): Promise<SampleOutcome> {
  if (actor?.kind !== "user") return { kind: "refused", message: "Sign in first: sample data belongs to somebody." };
  try {
    const { organization } = await createSample({ ...context, actor }, actor);
    return { kind: "made", organization: organization.slug };
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    return { kind: "refused", message: "There is sample data already: its owner can invite you to the organization sample, or delete it." };
  }
}
