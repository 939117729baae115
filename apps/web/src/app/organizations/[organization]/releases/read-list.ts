import type { Page } from "@landfall/schema/views/page";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { failureOf } from "../../../../page-data/failure.ts";
import type { OrganizationPage } from "../../../../page-data/organization-page.ts";
import { type ListAddress, listInput, WHOLE_LIST } from "./list-address.ts";

/** Why there is no list. */
export type ListRefusal = {
  readonly message: string;
  /** It is about the text of the search. */
  readonly isSearch: boolean;
};

export type ReadList = {
  readonly page: Page<ReleaseLineView>;
  /** Why the page is not what was asked for, but the list without the search and the filters. */
  readonly refusal: ListRefusal | null;
};

/** How many lines a page has. */
const LINES = "50";

/** The lines at an address. An address may be anything: what is wrong with it is told, beside the list as it is without it. */
export async function readList(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: ListAddress,
  cursor: string | null,
): Promise<ReadList> {
  const read = ({ sort, ...wanted }: ListAddress, from: string | null) =>
    call.releases.browse({
      organization,
      ...listInput({ sort, ...wanted }),
      sort,
      per_page: LINES,
      ...(from === null ? {} : { cursor: from }),
    });
  try {
    return { page: await read(address, cursor), refusal: null };
  } catch (error) {
    const refusal = refusalOf(error, address);
    const { status, sort } = address;
    return { page: await read({ ...WHOLE_LIST, status, sort }, null), refusal };
  }
}

/** What an address was refused for. Throws what is not about the address. */
function refusalOf(error: unknown, { environments, projects, query }: ListAddress): ListRefusal {
  const { code, message, fields } = failureOf(error);
  const about = (text: string) => ({ message: text, isSearch: false });
  if (code === "not_found")
    return about(`Nothing was ever deployed to an environment of this name: ${environments.join(", ")}. Take it off the filters.`);
  if (code === "forbidden")
    return about(`There is no project of this name that you may see: ${projects.join(", ")}. Take it off the filters.`);
  if (code !== "invalid") throw error;
  const said = message ?? Object.values(fields).join(" ");
  if (said === "Invalid cursor parameter.") return about("There is no such page of the list. This is its first one.");
  return { message: said, isSearch: query !== "" };
}
