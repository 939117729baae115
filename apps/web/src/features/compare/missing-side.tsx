import { findSimilarVersions } from "#features/releases/similar-versions.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { type CompareSide, describeSide, formatSide } from "@landfall/domain/comparison/compare-side";
import type { SideName } from "./read-comparison.ts";

type MissingSideProps = {
  readonly page: OrganizationPage;
  readonly base: CompareSide;
  readonly head: CompareSide;
  readonly missing: SideName;
  readonly message: string;
};

/** Shows which side does not exist, with similar ones. */
export async function MissingSide({ page, base, head, missing, message }: MissingSideProps) {
  const side = missing === "base" ? base : head;
  const similar = await similarSides(page, side);
  const { to } = page;
  return (
    <EmptyState title={`Not found: ${describeSide(side)}`}>
      <p>{message}</p>
      {similar.length > 0 && (
        <>
          <p>Did you mean one of these?</p>
          <ul>
            {similar.map((other) => {
              const sides = { base: formatSide(base), head: formatSide(head), [missing]: formatSide(other) };
              return (
                <li key={describeSide(other)}>
                  <PageLink href={to.compare(sides)}>{describeSide(other)}</PageLink>
                </li>
              );
            })}
          </ul>
        </>
      )}
      <p>
        See <PageLink href={to.releases()}>all releases</PageLink> or the <PageLink href={to.board()}>board</PageLink>.
      </p>
    </EmptyState>
  );
}

const SUGGESTION_LIMIT = 10;

/** Returns similar versions; for an environment, environments of the project, of projects with similar names, or of the same name. */
async function similarSides({ call, organization }: OrganizationPage, side: CompareSide): Promise<CompareSide[]> {
  if (typeof side === "string") {
    return findSimilarVersions(side, async (query) => {
      const { items } = await call.releases.list({ organization, query, status: "", project: "-1", per_page: SUGGESTION_LIMIT });
      return items.map(({ version }) => version);
    });
  }
  const environmentsIn = async (query: string) => {
    const { items } = await call.projects.list({ organization, query, per_page: 50 });
    return items.flatMap(({ slug, environments }) => environments.map((environment) => ({ environment, project: slug })));
  };
  const inSimilarProjects = await environmentsIn(side.project);
  if (inSimilarProjects.length === 0)
    return (await environmentsIn("")).filter(({ environment }) => environment === side.environment).slice(0, SUGGESTION_LIMIT);
  const inProject = inSimilarProjects.filter(({ project }) => project === side.project);
  return (inProject.length > 0 ? inProject : inSimilarProjects).slice(0, SUGGESTION_LIMIT);
}
