"use server";

import type { SaveViewInput } from "@landfall/schema/organizations/saved-views";
import { revalidatePath } from "next/cache";
import { runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** A view to save. */
export type ViewToSave = {
  readonly organization: string;
  readonly page: SaveViewInput["page"];
  readonly name: string;
  /** The query of the URL, without "?". */
  readonly query: string;
  readonly isDefault: boolean;
};

/** Saves a view of a page for the viewer; replaces one of the same name. */
export async function saveView({ organization, page, name, query, isDefault }: ViewToSave): Promise<Exclude<Outcome, null>> {
  return runAction(async ({ call }) => {
    await call.views.save({ organization, page, name, query, isDefault });
    revalidatePath("/organizations/[organization]", "layout");
    return null;
  });
}

/** Deletes one of the viewer's saved views. */
export async function removeView({
  organization,
  view,
}: {
  readonly organization: string;
  readonly view: string;
}): Promise<Exclude<Outcome, null>> {
  return runAction(async ({ call }) => {
    await call.views.remove({ organization, view });
    revalidatePath("/organizations/[organization]", "layout");
    return null;
  });
}
