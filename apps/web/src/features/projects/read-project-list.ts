import type { ProjectView, ReleaseTallyView } from "@landfall/schema/organizations/projects";
import type { Page } from "@landfall/schema/page";
import type { BoardCellView } from "@landfall/schema/releases/board";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";

/** A row of the list of projects. */
export type ProjectListItem = {
  readonly project: ProjectView;
  /** Production last. */
  readonly cells: readonly BoardCellView[];
  readonly releases: Pick<ReleaseTallyView, "count" | "isCapped" | "weeks">;
};

const PAGE_SIZE = 50;

/** Reads a page of projects by slug, with their current versions and numbers of releases, in three calls. */
export async function readProjectList(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  query: string,
  cursor: string | null,
): Promise<Omit<Page<never>, "items"> & { readonly lines: ProjectListItem[] }> {
  const { items, ...links } = await pageAt(cursor, (at) => call.projects.list({ organization, query, per_page: PAGE_SIZE, ...at }));
  // An empty list of slugs would mean all projects.
  if (items.length === 0) return { lines: [], ...links };
  const project = items.map(({ slug }) => slug);
  const [board, tallies] = await Promise.all([
    call.board.get({ organization, project }),
    call.projects.releaseCounts({ organization, project }),
  ]);
  const cells = new Map(board.items.map((row) => [row.project.slug, row.cells]));
  const counts = new Map(tallies.map((tally) => [tally.project, tally]));
  return {
    lines: items.map((item) => ({
      project: item,
      cells: cells.get(item.slug) ?? [],
      releases: counts.get(item.slug) ?? { count: 0, isCapped: false, weeks: [] },
    })),
    ...links,
  };
}
