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

/** The caller's saved views in an organization. 403 for organization tokens. */
const atOwnViews: Locator<z.output<typeof OrganizationParams>, AtOwnViews> = {
  params: OrganizationParams,
  locate: (on, { organization }) => openOwnViews(on, organization),
};

/** Returns the caller's saved views of a page, by name. Throws 403 for organization tokens, which have none. */
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

/** The maximum number of saved views per user and page. */
const MAX_VIEWS = 50;

/**
 * Saves a view of a page for the caller. Replaces a view with the same name, and with `isDefault` the previous default.
 *
 * @throws 403 for organization tokens, and `conflict` if the page already has 50 views
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
      throw new AppError("conflict", `You can save at most ${MAX_VIEWS} views of this page. Remove one first.`);
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

/** Serializes concurrent saves of one user by locking the membership until the transaction ends. */
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
  if (!row) throw new Error("the view was not stored");
  return row;
}

const ViewParams = OrganizationParams.extend({ view: z.string().describe("The saved view's id.") });

const atOwnView: Locator<z.output<typeof ViewParams>, AtOwnViews & { readonly id: number }> = {
  params: ViewParams,
  locate: async (on, { organization, view }) => ({ ...(await openOwnViews(on, organization)), id: readId(view) }),
};

/** Deletes one of the caller's saved views. Throws 404 for another user's view, and 403 for organization tokens. */
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
    if (removed.length === 0) throw notFound("This saved view does not exist. It may have been removed in another window.");
  },
});

/** A user in an organization. */
type AtOwnViews = { readonly access: Access; readonly userId: number; readonly organizationId: number };

/** Returns the caller as a user in the organization. Throws `forbidden` for an organization token, which acts for no user. */
async function openOwnViews(
  { db, actor, scope }: { readonly db: Reader; readonly actor: Actor; readonly scope: Scopes },
  organization: string,
): Promise<AtOwnViews> {
  const access = await openOrganization(db, actor, organization, scope);
  if (access.userId === null) throw new AppError("forbidden", "Organization tokens have no saved views. Sign in, or use a personal token.");
  return { access, userId: access.userId, organizationId: access.organization.id };
}

/** Whether a saved view is the caller's in this organization, and of `page` if it is set. */
function ownViewsOf({ tables: { savedViews } }: Reader, { userId, organizationId }: AtOwnViews, page?: string): SQL | undefined {
  const own = and(eq(savedViews.userId, userId), eq(savedViews.organizationId, organizationId));
  return page === undefined ? own : and(own, eq(savedViews.page, page));
}

const describeSavedView = ({ id, page, name, query, isDefault, dateCreated }: SavedViewRow): SavedViewView => ({
  id: String(id),
  page,
  name,
  query,
  isDefault,
  dateCreated: instant(dateCreated),
});
