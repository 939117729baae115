import { findSimilarVersions } from "#features/releases/similar-versions.ts";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { type CompareSide, describeSide, formatSide } from "./compare-side.ts";
import type { SideName } from "./read-comparison.ts";

type MissingSideProps = {
  readonly page: OrganizationPage;
  readonly base: CompareSide;
  readonly head: CompareSide;
  readonly missing: SideName;
  readonly message: string;
};

/** Says which side is not there, with those it may have been meant for. */
export async function MissingSide({ page, base, head, missing, message }: MissingSideProps) {
  const side = missing === "base" ? base : head;
  const near = await similarSides(page, side);
  const { to } = page;
  return (
    <EmptyState title={`There is nothing to compare at ${describeSide(side)}`}>
      <p>{message}</p>
      {near.length > 0 && (
        <>
          <p>Did you mean one of these?</p>
          <ul>
            {near.map((other) => {
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
        <PageLink href={to.releases()}>See all releases</PageLink>, or what is where on the <PageLink href={to.board()}>board</PageLink>.
      </p>
    </EmptyState>
  );
}

/** How many are named. */
const SUGGESTION_LIMIT = 10;

/** Versions like one that is not there; for an environment, those of the project, of projects called alike, or of others. */
async function similarSides({ call, organization }: OrganizationPage, side: CompareSide): Promise<CompareSide[]> {
  if (typeof side === "string") {
    return findSimilarVersions(side, async (query) => {
      const { items } = await call.releases.list({ organization, query, status: "", project: "-1", per_page: SUGGESTION_LIMIT });
      return items.map(({ version }) => version);
    });
  }
  const places = async (query: string) => {
    const { items } = await call.projects.list({ organization, query, per_page: 50 });
    return items.flatMap(({ slug, environments }) => environments.map((environment) => ({ environment, project: slug })));
  };
  const alike = await places(side.project);
  if (alike.length === 0)
    return (await places("")).filter(({ environment }) => environment === side.environment).slice(0, SUGGESTION_LIMIT);
  const meant = alike.filter(({ project }) => project === side.project);
  return (meant.length > 0 ? meant : alike).slice(0, SUGGESTION_LIMIT);
}
