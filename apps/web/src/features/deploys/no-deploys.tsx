import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";

type NoDeploysProps = {
  /** What was asked for; "" for all. */
  readonly project: string;
  readonly environment: string;
  /** What of it is not there. */
  readonly missing: "environment" | "project" | null;
  /** Whether anything narrows the list down. */
  readonly isNarrowed: boolean;
  /** The list goes on, though nothing was found for this page of it. */
  readonly isFurther: boolean;
  /** The whole list. */
  readonly allHref: string;
};

/** Why a list of deploys is empty, and what to do. */
export function NoDeploys({ project, environment, missing, isNarrowed, isFurther, allHref }: NoDeploysProps) {
  if (!isNarrowed && missing === null) {
    return (
      <EmptyState title="Nothing was deployed yet, as far as anybody has told">
        <p>Let the job that deploys say so:</p>
        <CommandLine command="sentry-cli deploys new --release my-project@1.0.0 -e staging" />
        <CommandLine command="landfall deploys new my-project@1.0.0 -e staging" />
      </EmptyState>
    );
  }
  return (
    <EmptyState title={titleOf({ project, environment, missing, isFurther })}>
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
  isFurther,
}: Pick<NoDeploysProps, "project" | "environment" | "missing" | "isFurther">): string {
  if (missing === "project") return `There is no project "${project}" that you may see`;
  if (missing === "environment")
    return project === "" ? `Nothing was ever deployed to "${environment}"` : `${project} was never deployed to "${environment}"`;
  return isFurther ? "None among those looked at; the list goes on" : "No deploys fit";
}
