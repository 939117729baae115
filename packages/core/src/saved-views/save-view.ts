import type { SavedViewRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { SaveViewInput } from "@landfall/schema/inputs/saved-view";
import { ORG_READ } from "@landfall/schema/scope";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import { and, eq, ne } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { type AtOwnViews, atOwnViews } from "./at-own-views.ts";
import { describeSavedView } from "./describe-saved-view.ts";
import { ownViewsOf } from "./own-views-of.ts";

/** How many views of one page somebody may have. */
const MAX_VIEWS = 50;

/**
 * Saves a view of a page for the caller; one of the same name is replaced. Made the default, it takes the place of the default before.
 * Throws 403 for tokens of organizations, and `conflict` when there are 50 of the page already.
 */
export const saveView = mutation({
  scope: ORG_READ,
  at: atOwnViews,
  input: SaveViewInput,
  run: async ({ tx, at, now }, input): Promise<SavedViewView> => {
    await lockMembership(tx, at);
    const { page, name, query, isDefault } = input;
    const { savedViews } = tx.tables;
    const ofPage = ownViewsOf(tx, at, page);
    const [known] = await tx
      .select()
      .from(savedViews)
      .where(and(ofPage, eq(savedViews.name, name)));
    if (!known && (await tx.$count(savedViews, ofPage)) >= MAX_VIEWS) {
      throw new AppError("conflict", `You have ${MAX_VIEWS} views of this page, which is the most. Remove one first.`);
    }
    const row = known
      ? await updateView(tx, known, { query, isDefault: isDefault ?? known.isDefault })
      : await insertView(tx, at, { page, name, query, isDefault: isDefault ?? false, dateCreated: now });
    if (row.isDefault)
      await tx
        .update(savedViews)
        .set({ isDefault: false })
        .where(and(ofPage, eq(savedViews.isDefault, true), ne(savedViews.id, row.id)));
    return describeSavedView(row);
  },
});

/** Of one person's saves at the same moment each must see the one before it; their membership is held until this one ends. */
async function lockMembership(tx: Tx, { userId, organizationId }: AtOwnViews): Promise<void> {
  if (tx.dialect === "sqlite") return;
  const { members } = tx.tables;
  await tx
    .update(members)
    .set({ userId })
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
}

async function updateView(tx: Tx, { id }: SavedViewRow, values: Pick<SavedViewRow, "query" | "isDefault">): Promise<SavedViewRow> {
  const { savedViews } = tx.tables;
  return assertStored(await tx.update(savedViews).set(values).where(eq(savedViews.id, id)).returning());
}

async function insertView(
  tx: Tx,
  { userId, organizationId }: AtOwnViews,
  values: Omit<SavedViewRow, "id" | "userId" | "organizationId">,
): Promise<SavedViewRow> {
  return assertStored(
    await tx
      .insert(tx.tables.savedViews)
      .values({ userId, organizationId, ...values })
      .returning(),
  );
}

function assertStored([row]: readonly SavedViewRow[]): SavedViewRow {
  if (!row) throw new Error("a view was not saved");
  return row;
}
