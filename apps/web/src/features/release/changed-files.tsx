"use client";

import { repositoryLinks } from "@landfall/domain/commits/repository-links";
import { formatCount } from "@landfall/domain/format";
import type { ChangedPathsView, ChangedPathView } from "@landfall/schema/releases/commits";
import { TextInput } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import { ChangeType } from "#features/commits/change-type.tsx";
import { ExternalLink } from "#ui/links.tsx";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { fileTree, type Folder, type NamedFile } from "./file-tree.ts";
import classes from "./changed-files.module.css";

type ChangedFilesProps = {
  readonly total: number;
  readonly files: readonly ChangedPathView[];
  readonly repositories: ChangedPathsView["repositories"];
};

/** Returns the URL of a file at the head commit of the release in its repository; null if there is none. */
type UrlOfFile = (path: string) => string | null;

/** Folders start open when there are at most this many files. */
const AUTO_OPEN_LIMIT = 60;

/** The most files shown for a filter. */
const RESULT_LIMIT = 500;

/** Changed files by repository and folder, with a filter by path. */
export function ChangedFiles({ total, files, repositories: heads }: ChangedFilesProps) {
  const [typed, setTyped] = useState("");
  const filter = useDeferredValue(typed.trim().toLowerCase());
  const repositories = useMemo(
    () => [...Map.groupBy(files, ({ repository }) => repository)].map(([name, paths]) => [name, fileTree(paths)] as const),
    [files],
  );
  const urlsOf = useMemo(() => {
    const byName = new Map(heads.map(({ sha, ...source }) => [source.name, { sha, links: repositoryLinks(source) }]));
    return (repository: string): UrlOfFile => {
      const head = byName.get(repository);
      return (path) => head?.links.file(path, head.sha) ?? null;
    };
  }, [heads]);
  const found = useMemo(() => (filter === "" ? null : files.filter(({ path }) => path.toLowerCase().includes(filter))), [files, filter]);
  useShortcuts("Files", [
    { keys: "f", label: "Filter by path", run: () => document.querySelector<HTMLInputElement>("input[name=path]")?.focus() },
  ]);
  return (
    <>
      <div className={classes["bar"]}>
        <TextInput
          name="path"
          type="search"
          aria-label="Filter by path"
          placeholder="Filter by path (f)"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <output className="soft">{describeCount(total, files.length, found?.length ?? null)}</output>
      </div>
      {found ? (
        <FilterResults files={found} urlsOf={urlsOf} />
      ) : (
        repositories.map(([name, root]) => (
          <section key={name} aria-label={name}>
            <h2 className={classes["repository"]}>
              {name} <small className="soft">{root.count.toLocaleString("en")}</small>
            </h2>
            <div className={classes["tree"]}>
              <FolderView folder={root} urlOf={urlsOf(name)} isOpen={files.length <= AUTO_OPEN_LIMIT} />
            </div>
          </section>
        ))
      )}
    </>
  );
}

type FilterResultsProps = { readonly files: readonly ChangedPathView[]; readonly urlsOf: (repository: string) => UrlOfFile };

function FilterResults({ files, urlsOf }: FilterResultsProps) {
  if (files.length === 0) return <p>No changed files match.</p>;
  return (
    <>
      <ul className={classes["tree"]} aria-label="Files found">
        {files.slice(0, RESULT_LIMIT).map((file) => (
          <FileItem key={`${file.repository} ${file.path}`} file={{ ...file, name: file.path }} urlOf={urlsOf(file.repository)} />
        ))}
      </ul>
      {files.length > RESULT_LIMIT && <p className="soft">Showing the first {RESULT_LIMIT}. Type more to narrow the results.</p>}
    </>
  );
}

function describeCount(total: number, read: number, found: number | null): string {
  const all = read < total ? `the first ${read.toLocaleString("en")} of ${formatCount(total, "file")}` : formatCount(total, "file");
  return found === null ? all : `${found.toLocaleString("en")} of ${all}`;
}

type FolderViewProps = { readonly folder: Folder; readonly urlOf: UrlOfFile; readonly isOpen: boolean };

/** The contents of a folder. Folders below render when opened: there may be thousands of files. */
function FolderView({ folder: { folders, files }, urlOf, isOpen }: FolderViewProps) {
  return (
    <ul>
      {folders.map((folder) => (
        <FolderItem key={folder.path} folder={folder} urlOf={urlOf} isOpen={isOpen} />
      ))}
      {files.map((file) => (
        <FileItem key={file.path} file={file} urlOf={urlOf} />
      ))}
    </ul>
  );
}

function FolderItem({ folder, urlOf, isOpen: isInitiallyOpen }: FolderViewProps) {
  const [isOpen, setOpen] = useState(isInitiallyOpen);
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="cut">{folder.name}/</span> <small>{folder.count.toLocaleString("en")}</small>
        </summary>
        {isOpen && <FolderView folder={folder} urlOf={urlOf} isOpen={isInitiallyOpen || folder.folders.length === 1} />}
      </details>
    </li>
  );
}

function FileItem({ file: { name, path, type, commits }, urlOf }: { readonly file: NamedFile; readonly urlOf: UrlOfFile }) {
  return (
    <li className={classes["file"]}>
      <ChangeType type={type} />
      <ExternalLink href={type === "D" ? null : urlOf(path)} className="cut" title={path}>
        {name}
      </ExternalLink>
      <small title={`Changed in ${formatCount(commits, "commit")}`}>{commits > 1 ? `×${commits}` : ""}</small>
    </li>
  );
}
