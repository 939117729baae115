import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";

type NoDeploysProps = {
  /** The project filter; "" for all. */
  readonly project: string;
  readonly environment: string;
  /** Which of the filters does not exist. */
  readonly missing: "environment" | "project" | null;
  /** Whether the list has any filter. */
  readonly isFiltered: boolean;
  /** Whether older deploys remain to be searched, although none were found on this page. */
  readonly hasMore: boolean;
  /** URL of the list without filters. */
  readonly allHref: string;
};

/** Explains why a list of deploys is empty, and what to do. */
export function NoDeploys({ project, environment, missing, isFiltered, hasMore, allHref }: NoDeploysProps) {
  if (!isFiltered && missing === null) {
    return (
      <EmptyState title="No deploys yet">
        <p>Report each deploy from your deploy job:</p>
        <CommandLine command="sentry-cli deploys new --release my-project@1.0.0 -e staging" />
        <CommandLine command="landfall deploys new my-project@1.0.0 -e staging" />
      </EmptyState>
    );
  }
  return (
    <EmptyState title={titleOf({ project, environment, missing, hasMore })}>
      <p>
        <PageLink href={allHref}>Show all deploys</PageLink>
      </p>
    </EmptyState>
  );
}

function titleOf({
  project,
  environment,
  missing,
  hasMore,
}: Pick<NoDeploysProps, "project" | "environment" | "missing" | "hasMore">): string {
  if (missing === "project") return `Project not found: “${project}”`;
  if (missing === "environment")
    return project === "" ? `Environment not found: “${environment}”` : `${project} has not been deployed to “${environment}”`;
  return hasMore ? "No matches on this page" : "No deploys match";
}
