import type { OrganizationPage } from "../../../../page-data/organization-page.ts";
import { NothingHere } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { writeSide } from "./compare-side.ts";
import { differingPairs } from "./differing-pairs.ts";

/** How many projects are looked at for environments that differ, and how many pairs are offered. */
const LOOKED_AT = 50;
const OFFERED = 8;

/** Stands where a comparison would be before two sides are chosen: environments that differ are the usual question. */
export async function ChooseSides({ page: { call, organization, to } }: { readonly page: OrganizationPage }) {
  const { items } = await call.board.get({ organization, per_page: LOOKED_AT });
  const pairs = differingPairs(items).slice(0, OFFERED);
  return (
    <NothingHere title="Choose two releases, or two environments of a project">
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
                  href={to.compare({ base: writeSide({ environment: base, project }), head: writeSide({ environment: head, project }) })}
                >
                  {project}: {base} → {head}
                </PageLink>{" "}
                <span className="soft">{words}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </NothingHere>
  );
}
