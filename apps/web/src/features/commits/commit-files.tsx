import { repositoryLinks } from "@landfall/domain/commits/repository-links";
import { formatCount } from "@landfall/domain/format";
import type { CommitDetailView } from "@landfall/schema/releases/commits";
import { EmptyState } from "#ui/empty-state.tsx";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import { ChangeType } from "./change-type.tsx";
import classes from "./commit-files.module.css";

type CommitFilesProps = {
  readonly commit: Pick<CommitDetailView, "files" | "sha" | "repository">;
  /** Show all known files, not only the first. */
  readonly isAll: boolean;
  readonly allHref: string;
};

const FILE_LIMIT = 100;

/** The files a commit changed. */
export function CommitFiles({ commit: { files, sha, repository }, isAll, allHref }: CommitFilesProps) {
  const { total, items } = files;
  const links = repositoryLinks(repository);
  const shown = isAll ? items : items.slice(0, FILE_LIMIT);
  return (
    <section aria-labelledby="files">
      <h2 id="files">Files {total > 0 && <small className="soft">{total.toLocaleString("en")}</small>}</h2>
      {total === 0 ? (
        <EmptyState title="No files reported for this commit" />
      ) : (
        <ul className={classes["files"]}>
          {shown.map(({ path, type }) => (
            <li key={path}>
              <ChangeType type={type} />
              <ExternalLink href={type === "D" ? null : links.file(path, sha)} className="cut" title={path}>
                {path}
              </ExternalLink>
            </li>
          ))}
        </ul>
      )}
      {shown.length < items.length && (
        <p>
          <PageLink href={allHref} scroll={false}>
            Show {items.length === total ? "all" : "the first"} {formatCount(items.length, "file")}
          </PageLink>
        </p>
      )}
      {shown.length === items.length && items.length < total && <p className="soft">Showing the first {items.length} by path.</p>}
    </section>
  );
}
