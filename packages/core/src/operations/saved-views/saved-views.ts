import type { Reader, Tx } from "@landfall/db/store";
import type { SavedViewRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import { ListSavedViewsInput, type SavedViewsView, type SavedViewView, SaveViewInput } from "@landfall/schema/organizations/saved-views";
import { ORG_READ } from "@landfall/schema/scope";
import { and, asc, eq, ne, type SQL } from "drizzle-orm";
import * as z from "zod";
import { type Access, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import type { Actor } from "../../kernel/actor.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { type Locator, mutation, query, type Scopes } from "../../kernel/operation.ts";

/** An operation about the caller's own views in an organization. 403 for the organization's tokens. */
const atOwnViews: Locator<z.output<typeof OrganizationParams>, AtOwnViews> = {
  params: OrganizationParams,
  locate: (on, { organization }) => openOwnViews(on, organization),
};

/** The caller's own views of a page, by name. Throws 403 for tokens of organizations, which have none. */
export const listSavedViews = query({
  scope: ORG_READ,
  at: atOwnViews,
  input: ListSavedViewsInput,
  run: async ({ db, at }, { page }): Promise<SavedViewsView> => {
    const { savedViews } = db.tables;
    const rows = await db
      .select()
      .from(savedViews)
      .where(ownViewsOf(db, at, page))
      .orderBy(asc(savedViews.name));
    return { items: rows.map(describeSavedView) };
  },
});

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

/** A person in an organization, whose views they are. */
type AtOwnViews = { readonly access: Access; readonly userId: number; readonly organizationId: number };

/** The caller as a person in the organization. Throws `forbidden` for a token of the organization itself, which is nobody. */
async function openOwnViews(
  { db, actor, scope }: { readonly db: Reader; readonly actor: Actor; readonly scope: Scopes },
  organization: string,
): Promise<AtOwnViews> {
  const access = await openOrganization(db, actor, organization, scope);
  if (access.userId === null)
    throw new AppError(
      "forbidden",
      "Views are saved by people: sign in, or use a token of your own. A token of the organization has none.",
    );
  return { access, userId: access.userId, organizationId: access.organization.id };
}

/** Whether a saved view is the caller's, in this organization; of one page when it is given. */
function ownViewsOf({ tables: { savedViews } }: Reader, { userId, organizationId }: AtOwnViews, page?: string): SQL | undefined {
  const mine = and(eq(savedViews.userId, userId), eq(savedViews.organizationId, organizationId));
  return page === undefined ? mine : and(mine, eq(savedViews.page, page));
}

/** A view as whoever saved it sees it. */
const describeSavedView = ({ id, page, name, query, isDefault, dateCreated }: SavedViewRow): SavedViewView => ({
  id: String(id),
  page,
  name,
  query,
  isDefault,
  dateCreated: instant(dateCreated),
});
