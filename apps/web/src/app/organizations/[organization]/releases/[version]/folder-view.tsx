"use client";

import { useState } from "react";
import type { Folder, NamedFile } from "./file-tree.ts";
import classes from "./changed-files.module.css";

type FolderViewProps = { readonly folder: Folder; readonly isOpen: boolean };

/** What is in a folder. Those below are drawn once they are opened: there may be thousands of files. */
export function FolderView({ folder: { folders, files }, isOpen }: FolderViewProps) {
  return (
    <ul>
      {folders.map((folder) => (
        <FolderItem key={folder.path} folder={folder} isOpen={isOpen} />
      ))}
      {files.map((file) => (
        <FileItem key={file.path} file={file} />
      ))}
    </ul>
  );
}

function FolderItem({ folder, isOpen: isOpenFirst }: FolderViewProps) {
  const [isOpen, setOpen] = useState(isOpenFirst);
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="cut">{folder.name}/</span> <small>{folder.count.toLocaleString("en")}</small>
        </summary>
        {isOpen && <FolderView folder={folder} isOpen={isOpenFirst || folder.folders.length === 1} />}
      </details>
    </li>
  );
}

const CHANGE_LABELS = { A: "added", M: "modified", D: "deleted" } as const;

/** A changed file in one line. */
export function FileItem({ file: { name, path, type, commits } }: { readonly file: NamedFile }) {
  return (
    <li className={classes["file"]}>
      <abbr data-type={type} title={CHANGE_LABELS[type]}>
        {type}
      </abbr>
      <span className="cut" title={path}>
        {name}
      </span>
      <small title={`${commits} ${commits === 1 ? "commit" : "commits"} changed it`}>{commits > 1 ? `×${commits}` : ""}</small>
    </li>
  );
}
