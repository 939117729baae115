import type { BoardCellView, BoardRowView } from "@landfall/schema/views/board";
import type { PersonBriefView } from "@landfall/schema/views/brief";

/** A cell as the grid needs it: thousands of them are sent to the browser. */
export type GridCell = {
  readonly version: string;
  /** The version without its package. */
  readonly label: string;
  /** When it came there. */
  readonly at: string;
  readonly deployer: Pick<PersonBriefView, "name" | "email" | "isBot"> | null;
  /** The later version that was there before, when it was rolled back. */
  readonly rolledBackFrom?: string;
  readonly isHidden?: true;
  readonly drift: BoardCellView["drift"];
};

/** A project's row, its cells by environment. */
export type GridRow = { readonly slug: string; readonly name: string; readonly cells: Readonly<Record<string, GridCell>> };

/** The row of a project, without what the grid does not show. */
export const toGridRow = ({ project: { slug, name }, cells }: BoardRowView): GridRow => ({
  slug,
  name,
  cells: Object.fromEntries(cells.map((cell) => [cell.environment, toGridCell(cell)])),
});

function toGridCell({ release, deploy, previous, isRolledBack, isHidden, drift }: BoardCellView): GridCell {
  const { deployer } = deploy;
  return {
    version: release.version,
    label: release.description,
    at: deploy.dateFinished,
    deployer: deployer && { name: deployer.name, email: deployer.email, isBot: deployer.isBot },
    ...(isRolledBack && previous ? { rolledBackFrom: previous.version } : {}),
    ...(isHidden ? { isHidden } : {}),
    drift: drift?.state === "same" ? null : drift,
  };
}

/** Whether any of a row's environments is not where the next one is. */
export const hasDrift = ({ cells }: GridRow): boolean => Object.values(cells).some(({ drift }) => drift !== null);
