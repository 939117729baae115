import type { OrganizationPage } from "#server/pages/page-context.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { type BoardQuery, formatBoardQuery } from "./board-query.ts";

type EmptyBoardProps = {
  readonly page: OrganizationPage;
  readonly query: BoardQuery;
  /** Whether there are projects, but none with anything to show. */
  readonly hasProjects: boolean;
};

/** Explains why the board is empty, and what to do. */
export function EmptyBoard({ page: { to }, query, hasProjects }: EmptyBoardProps) {
  if (query.filter !== "" && !hasProjects) {
    return (
      <EmptyState title={`No projects match “${query.filter}”`}>
        <p>
          <PageLink href={to.board({ ...formatBoardQuery({ ...query, filter: "" }), view: "all" })}>Show all projects</PageLink>
        </p>
      </EmptyState>
    );
  }
  if (query.isDrift && hasProjects) {
    return (
      <EmptyState title="No drift: each project has the same release in all of its environments">
        <p>
          <PageLink href={to.board({ ...formatBoardQuery({ ...query, isDrift: false }), view: "all" })}>Show all projects</PageLink>
        </p>
      </EmptyState>
    );
  }
  if (!hasProjects) {
    return (
      <EmptyState title="No projects">
        <p>
          Ask an owner of the organization to add you to a team, or <PageLink href={to.projects()}>create a project</PageLink>.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No deploys yet">
      <p>Report each deploy from your deploy job, and it appears here:</p>
      <CommandLine command="sentry-cli deploys new --release my-project@1.0.0 -e staging" />
      <CommandLine command="landfall deploys new my-project@1.0.0 -e staging" />
    </EmptyState>
  );
}
