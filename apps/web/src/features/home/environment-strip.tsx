import { ReleaseName } from "#ui/release-name.tsx";
import type { BoardCellView, BoardView } from "@landfall/schema/releases/board";
import { driftAge, driftText } from "@landfall/domain/environments/drift-text";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./environment-strip.module.css";

/** The current versions: one row per project, one column per environment. */
export function EnvironmentStrip({ board, to }: { readonly board: BoardView; readonly to: OrganizationUrls }) {
  const columns = board.environments;
  return (
    <div className={classes["frame"]}>
      <table className={classes["strip"]}>
        <caption className="unseen">Current versions by environment</caption>
        <thead>
          <tr>
            <th scope="col">Project</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                <PageLink href={to.environment(name)}>{name}</PageLink>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.items.map(({ project, cells }) => (
            <tr key={project.id}>
              <th scope="row">
                <PageLink href={to.project(project.slug)}>{project.slug}</PageLink>
              </th>
              {columns.map(({ name }) => (
                <td key={name}>
                  <Cell cell={cells.find((cell) => cell.environment === name)} to={to} project={project.slug} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = { readonly cell: BoardCellView | undefined; readonly to: OrganizationUrls; readonly project: string };

function Cell({ cell, to, project }: CellProps) {
  if (!cell) return <span className="soft">–</span>;
  const drift = cell.drift && driftText(cell.drift, cell.environment);
  return (
    <>
      <PageLink href={to.release(cell.release.version, undefined, { project })} className="cut">
        <ReleaseName version={cell.release.version} />
      </PageLink>
      <small>
        <TimeAgo at={cell.deploy.dateFinished} />
        {cell.drift && drift && (
          <span className={classes["drift"]} data-age={driftAge(cell.drift)} title={drift.long}>
            {" "}
            · {drift.short}
          </span>
        )}
      </small>
    </>
  );
}
