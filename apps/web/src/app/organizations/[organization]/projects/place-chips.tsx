import type { BoardCellView } from "@landfall/schema/views/board";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Chip } from "../../../../ui/chip.tsx";
import { shortVersion } from "../../../../ui/find/short-version.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import classes from "./place-chips.module.css";

/** How many have a chip. */
const SHOWN = 4;

type CurrentVersionChipsProps = { readonly to: OrganizationUrls; readonly cells: readonly BoardCellView[] };

/** What is in each environment of a project now, production first. */
export function CurrentVersionChips({ to, cells }: CurrentVersionChipsProps) {
  if (cells.length === 0) return <span className="soft">nowhere yet</span>;
  const shown = cells.toReversed();
  const rest = shown.slice(SHOWN);
  return (
    <span className={classes["places"]}>
      {shown.slice(0, SHOWN).map(({ environment, release }) => (
        <PageLink key={environment} href={to.release(release.version)}>
          <Chip title={`${environment}: ${release.version}`}>
            <span className="soft">{environment}</span> <span className="cut">{shortVersion(release.version)}</span>
          </Chip>
        </PageLink>
      ))}
      {rest.length > 0 && (
        <small className="soft" title={rest.map(({ environment, release }) => `${environment}: ${release.version}`).join("\n")}>
          +{rest.length}
        </small>
      )}
    </span>
  );
}
