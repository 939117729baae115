import type { OrganizationPage } from "#server/pages/page-context.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { type BoardQuery, formatBoardQuery } from "./board-query.ts";

type EmptyBoardProps = {
  readonly page: OrganizationPage;
  readonly query: BoardQuery;
  /** There are projects, but none with something to show. */
  readonly hasProjects: boolean;
};

/** Why the board shows nothing, and what would change that. */
export function EmptyBoard({ page: { to }, query, hasProjects }: EmptyBoardProps) {
  if (query.filter !== "" && !hasProjects) {
    return (
      <EmptyState title={`No project that you may see has "${query.filter}" in its name`}>
        <p>
          <PageLink href={to.board({ ...formatBoardQuery({ ...query, filter: "" }), view: "all" })}>Show all projects</PageLink>
        </p>
      </EmptyState>
    );
  }
  if (query.isDrift && hasProjects) {
    return (
      <EmptyState title="No drift: every environment has what the one before it has">
        <p>
          <PageLink href={to.board({ ...formatBoardQuery({ ...query, isDrift: false }), view: "all" })}>Show all projects</PageLink>
        </p>
      </EmptyState>
    );
  }
  if (!hasProjects) {
    return (
      <EmptyState title="There are no projects that you may see">
        <p>
          Ask an owner of the organization to put you in a team, or <PageLink href={to.projects()}>make a project</PageLink>.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was deployed yet, as far as anybody has told">
      <p>The board fills itself: let the job that deploys say so.</p>
      <CommandLine command="sentry-cli deploys new --release my-project@1.0.0 -e staging" />
      <CommandLine command="landfall deploys new my-project@1.0.0 -e staging" />
    </EmptyState>
  );
}
