import { NoInput } from "@landfall/schema/inputs/nothing";
import { ORG_READ } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { OrganizationParams } from "../access/at-organization.ts";
import { notFound } from "../app-error.ts";
import { type Locator, mutation } from "../operation.ts";
import { readId } from "../read-id.ts";
import { type AtOwnViews, openOwnViews } from "./at-own-views.ts";
import { ownViewsOf } from "./own-views-of.ts";

const ViewParams = OrganizationParams.extend({ view: z.string().describe("The saved view's id.") });

const atOwnView: Locator<z.output<typeof ViewParams>, AtOwnViews & { readonly id: number }> = {
  params: ViewParams,
  locate: async (on, { organization, view }) => ({ ...(await openOwnViews(on, organization)), id: readId(view) }),
};

/** Removes one of the caller's own views. Throws 404 for one that is not theirs, 403 for tokens of organizations. */
export const removeView = mutation({
  scope: ORG_READ,
  at: atOwnView,
  input: NoInput,
  run: async ({ tx, at }): Promise<void> => {
    const { savedViews } = tx.tables;
    const removed = await tx
      .delete(savedViews)
      .where(and(ownViewsOf(tx, at), eq(savedViews.id, at.id)))
      .returning({ id: savedViews.id });
    if (removed.length === 0) throw notFound();
  },
});
