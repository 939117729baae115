import type { Reader } from "@landfall/db/store";
import type * as z from "zod";
import type { Actor } from "../access/actor.ts";
import { OrganizationParams } from "../access/at-organization.ts";
import { type Access, openOrganization } from "../access/organization-access.ts";
import { AppError } from "../app-error.ts";
import type { Locator, Scopes } from "../operation.ts";

/** A person in an organization, whose views they are. */
export type AtOwnViews = { readonly access: Access; readonly userId: number; readonly organizationId: number };

/** The caller as a person in the organization. Throws `forbidden` for a token of the organization itself, which is nobody. */
export async function openOwnViews(
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

/** An operation about the caller's own views in an organization. 403 for the organization's tokens. */
export const atOwnViews: Locator<z.output<typeof OrganizationParams>, AtOwnViews> = {
  params: OrganizationParams,
  locate: (on, { organization }) => openOwnViews(on, organization),
};
