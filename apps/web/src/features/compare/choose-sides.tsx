import type { BoardRowView } from "@landfall/schema/releases/board";
import type { OrganizationPage } from "#server/pages/page-context.ts";
import { driftText } from "#ui/drift-text.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import { formatSide } from "./compare-side.ts";

/** How many projects are looked at for environments that differ, and how many pairs are offered. */
const BOARD_ROWS = 50;

const PAIR_LIMIT = 8;

/** Stands where a comparison would be before two sides are chosen: environments that differ are the usual question. */
export async function ChooseSides({ page: { call, organization, to } }: { readonly page: OrganizationPage }) {
  const { items } = await call.board.get({ organization, per_page: BOARD_ROWS });
  const pairs = differingEnvironments(items).slice(0, PAIR_LIMIT);
  return (
    <EmptyState title="Choose two releases, or two environments of a project">
      <p>
        A release is named by its version; whatever is in an environment now by <code>env:production@web</code>. The address of a comparison
        can be sent to others.
      </p>
      {pairs.length > 0 && (
        <>
          <p>Environments that differ now:</p>
          <ul className="prose">
            {pairs.map(({ base, head, project, words }) => (
              <li key={`${project} ${base} ${head}`}>
                <PageLink
                  href={to.compare({ base: formatSide({ environment: base, project }), head: formatSide({ environment: head, project }) })}
                >
                  {project}: {base} → {head}
                </PageLink>{" "}
                <span className="soft">{words}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}

/** Neighbouring environments that do not have the same version, those furthest apart first. */
export function differingEnvironments(rows: readonly BoardRowView[]) {
  const pairs = rows.flatMap(({ project, cells }) =>
    cells.flatMap(({ environment, drift }) => {
      const words = drift && driftText(drift);
      return words
        ? [{ project: project.slug, base: drift.environment, head: environment, words: words.long, commits: drift.commits }]
        : [];
    }),
  );
  return pairs.toSorted((a, b) => b.commits - a.commits);
}
