import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import { isQueryError } from "@landfall/domain/query/release-query";
import type { Page } from "@landfall/schema/page";
import type { ReleaseLineView } from "@landfall/schema/releases/release-list";
import { failureOf } from "#server/pages/failure.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { failureText } from "#ui/forms/outcome.ts";
import { DEFAULT_FILTERS, filtersInput, type ListFilters, projectOption } from "./list-filters.ts";
import type { QueryProblem } from "./query-error.tsx";

/** Why the list could not be shown as requested. */
export type ListError = {
  readonly message: string;
  /** What is wrong with the query, for advice; null if the error is not about the query. */
  readonly problem: QueryProblem | null;
};

export type ListResult = {
  readonly page: Page<ReleaseLineView>;
  /** If set, the page is the list without search and filters. */
  readonly error: ListError | null;
};

const PAGE_SIZE = "50";

/** Reads a page of the list. If the filters or the cursor are invalid, returns the first page without search and filters, and the error. */
export async function readList(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  filters: ListFilters,
  cursor: string | null,
): Promise<ListResult> {
  const read = (applied: ListFilters, from: string | null) =>
    call.releases.browse({ organization, ...filtersInput(applied), sort: applied.sort, per_page: PAGE_SIZE, cursor: from ?? undefined });
  try {
    return { page: await read(filters, cursor), error: null };
  } catch (failure) {
    const error = listErrorOf(failure, filters);
    const { status, sort } = filters;
    return { page: await read({ ...DEFAULT_FILTERS, status, sort }, null), error };
  }
}

/** Returns why the list cannot be shown. @throws `failure` if it is not about the filters or the cursor */
function listErrorOf(failure: unknown, { environments, projects, query }: ListFilters): ListError {
  const described = failureOf(failure);
  const { code, reason } = described;
  const notAboutQuery = (text: string) => ({ message: text, problem: null });
  if (code === "not_found") return notAboutQuery(`Environment not found: ${environments.join(", ")}. Remove it from the filters.`);
  if (code === "forbidden") return notAboutQuery(`Project not found: ${projects.join(", ")}. Remove it from the filters.`);
  if (code !== "invalid") throw failure;
  if (reason === "invalid_cursor") return notAboutQuery("This page of the list does not exist. Showing the first page.");
  const problem = reason === "single_environment" ? ({ reason: "value", key: "release.stage" } as const) : queryProblemOf(query);
  return { message: failureText(described), problem };
}

/** What is wrong with a query, which the server's failure has only as text; null if the query is valid. */
function queryProblemOf(query: string): QueryProblem | null {
  try {
    parseReleaseQuery(query, new Date());
    return null;
  } catch (error) {
    if (isQueryError(error)) return { reason: error.reason, key: error.key };
    throw error;
  }
}

const OPTION_LIMIT = "100";

/** Reads the projects and environments for the filters. */
export async function readFilterOptions({ call, organization, role }: Pick<OrganizationPage, "call" | "organization" | "role">) {
  const [projects, environments] = await Promise.all([
    call.projects.list({ organization, per_page: OPTION_LIMIT }),
    call.environments.list({ organization, per_page: OPTION_LIMIT }),
  ]);
  const seesAll = role === "owner" || role === "manager";
  const others = !seesAll && projects.items.some(({ isMember }) => !isMember);
  return {
    projects: {
      options: [
        ...(others ? [{ value: "-1", label: "All projects, not only those of my teams" }] : []),
        ...projects.items.map(projectOption),
      ],
      isCut: projects.next?.hasResults ?? false,
    },
    environments: {
      options: environments.items.map(({ name }) => ({ value: name, label: name })),
      isCut: environments.next?.hasResults ?? false,
    },
  };
}
