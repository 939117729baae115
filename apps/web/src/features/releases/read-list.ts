import type { Page } from "@landfall/schema/page";
import type { ReleaseLineView } from "@landfall/schema/releases/release-list";
import { failureOf } from "#server/pages/failure.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { DEFAULT_FILTERS, filtersInput, type ListFilters, projectOption } from "./list-filters.ts";

/** Why there is no list. */
export type ListError = {
  readonly message: string;
  /** It is about the text of the search. */
  readonly isSearch: boolean;
};

export type ListResult = {
  readonly page: Page<ReleaseLineView>;
  /** Why the page is not what was asked for, but the list without the search and the filters. */
  readonly refusal: ListError | null;
};

/** How many lines a page has. */
const PAGE_SIZE = "50";

/** The lines at an address. An address may be anything: what is wrong with it is told, beside the list as it is without it. */
export async function readList(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: ListFilters,
  cursor: string | null,
): Promise<ListResult> {
  const read = ({ sort, ...wanted }: ListFilters, from: string | null) =>
    call.releases.browse({
      organization,
      ...filtersInput({ sort, ...wanted }),
      sort,
      per_page: PAGE_SIZE,
      ...(from === null ? {} : { cursor: from }),
    });
  try {
    return { page: await read(address, cursor), refusal: null };
  } catch (error) {
    const refusal = listErrorOf(error, address);
    const { status, sort } = address;
    return { page: await read({ ...DEFAULT_FILTERS, status, sort }, null), refusal };
  }
}

/** What an address was refused for. Throws what is not about the address. */
function listErrorOf(error: unknown, { environments, projects, query }: ListFilters): ListError {
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

/** How many of each are offered. */
const OPTION_LIMIT = "100";

/** The projects and environments the list can be narrowed to. */
export async function readFilterOptions({ call, organization, role }: Pick<OrganizationPage, "call" | "organization" | "role">) {
  const [projects, environments] = await Promise.all([
    call.projects.list({ organization, per_page: OPTION_LIMIT }),
    call.environments.list({ organization, per_page: OPTION_LIMIT }),
  ]);
  const isForAll = role === "owner" || role === "manager";
  const others = !isForAll && projects.items.some(({ isMember }) => !isMember);
  return {
    projects: {
      options: [...(others ? [{ value: "-1", label: "All, not only those of my teams" }] : []), ...projects.items.map(projectOption)],
      isCut: projects.next?.hasResults ?? false,
    },
    environments: {
      options: environments.items.map(({ name }) => ({ value: name, label: name })),
      isCut: environments.next?.hasResults ?? false,
    },
  };
}
