import type { BoardRowView } from "@landfall/schema/releases/board";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { driftText } from "@landfall/domain/environments/drift-text";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { formatSide } from "@landfall/domain/comparison/compare-side";

/** How many projects are searched for environments that differ. */
const BOARD_ROWS = 50;

const PAIR_LIMIT = 8;

/** Shown before two sides are chosen, with environments that differ as suggestions. */
export async function ChooseSides({ page: { call, organization, to } }: { readonly page: OrganizationPage }) {
  const { items } = await call.board.get({ organization, per_page: BOARD_ROWS });
  const pairs = differingEnvironments(items).slice(0, PAIR_LIMIT);
  return (
    <EmptyState title="Choose two releases or environments to compare">
      <p>
        Enter a version, or the current release of an environment as <code>env:production@web</code>. You can share the URL of a comparison.
      </p>
      {pairs.length > 0 && (
        <>
          <p>Environments that differ:</p>
          <ul className="prose">
            {pairs.map(({ base, head, project, drift }) => (
              <li key={`${project} ${base} ${head}`}>
                <PageLink
                  href={to.compare({ base: formatSide({ environment: base, project }), head: formatSide({ environment: head, project }) })}
                >
                  {project}: {base} → {head}
                </PageLink>{" "}
                <span className="soft">{drift}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}

/** Returns environments that are behind another one, with that one, those furthest behind first. */
export function differingEnvironments(rows: readonly BoardRowView[]) {
  const pairs = rows.flatMap(({ project, cells }) =>
    cells.flatMap(({ environment, drift }) => {
      if (!drift) return [];
      const { short } = driftText(drift, environment);
      return [{ project: project.slug, base: environment, head: drift.environment, drift: short, commits: drift.commits }];
    }),
  );
  return pairs.toSorted((a, b) => b.commits - a.commits);
}
