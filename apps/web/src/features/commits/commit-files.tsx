import type { CommitDetailView } from "@landfall/schema/releases/commits";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import classes from "./commit-files.module.css";

type CommitFilesProps = {
  readonly files: CommitDetailView["files"];
  /** Whether all that are known are shown. */
  readonly isAll: boolean;
  readonly allHref: string;
};

const SHOWN = 100;
const CHANGE_LABELS: Readonly<Record<string, string>> = { A: "added", M: "modified", D: "deleted" };

/** The files a commit added, modified and deleted. */
export function CommitFiles({ files: { total, items }, isAll, allHref }: CommitFilesProps) {
  const shown = isAll ? items : items.slice(0, SHOWN);
  return (
    <section aria-labelledby="files">
      <h2 id="files">Files {total > 0 && <small className="soft">{total.toLocaleString("en")}</small>}</h2>
      {total === 0 ? (
        <EmptyState title="No files were reported with this commit" />
      ) : (
        <ul className={classes["files"]}>
          {shown.map(({ path, type }) => (
            <li key={path}>
              <abbr title={CHANGE_LABELS[type] ?? type} data-type={type}>
                {type}
              </abbr>
              <span className="cut" title={path}>
                {path}
              </span>
            </li>
          ))}
        </ul>
      )}
      {shown.length < items.length && (
        <p>
          <PageLink href={allHref} scroll={false}>
            Show {items.length === total ? "all" : "the first"} {items.length.toLocaleString("en")} files
          </PageLink>
        </p>
      )}
      {shown.length === items.length && items.length < total && <p className="soft">The first {items.length} by path.</p>}
    </section>
  );
}
