import type { Page } from "@landfall/schema/views/page";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { failureOf } from "../../../../page-data/failure.ts";
import type { OrganizationPage } from "../../../../page-data/organization-page.ts";
import { type ListAddress, listInput } from "./list-address.ts";

/** Why there is no list. */
export type ListRefusal = {
  readonly message: string;
  /** It is about the text of the search. */
  readonly isSearch: boolean;
};

export type ReadList =
  | { readonly kind: "list"; readonly page: Page<ReleaseLineView> }
  | { readonly kind: "refused"; readonly refusal: ListRefusal };

/** How many lines a page has. */
const LINES = "50";

/** The lines at an address, or what is wrong with it: an address may be anything. */
export async function readList(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: ListAddress,
  cursor: string | null,
): Promise<ReadList> {
  try {
    const page = await call.releases.browse({
      organization,
      ...listInput(address),
      sort: address.sort,
      per_page: LINES,
      ...(cursor === null ? {} : { cursor }),
    });
    return { kind: "list", page };
  } catch (error) {
    const { code, message, fields } = failureOf(error);
    if (code === "not_found")
      return refused(`Nothing was ever deployed to an environment of this name: ${address.environments.join(", ")}. Take it off the filters.`);
    if (code === "forbidden")
      return refused(`There is no project of this name that you may see: ${address.projects.join(", ")}. Take it off the filters.`);
    if (code !== "invalid") throw error;
    const said = message ?? Object.values(fields).join(" ");
    if (said === "Invalid cursor parameter.") return refused("This page of the list does not exist. Start again at its first page.");
    return { kind: "refused", refusal: { message: said, isSearch: address.query !== "" } };
  }
}

const refused = (message: string): ReadList => ({ kind: "refused", refusal: { message, isSearch: false } });
