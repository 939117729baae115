import type { ChangedPathView } from "@landfall/schema/releases/commits";

/** A folder with its subfolders and files, sorted by name. `count` includes the files below. */
export type Folder = {
  /** Relative to the parent; several names for a chain of single folders: "apps/web/src". */
  readonly name: string;
  /** From the root; unique in the tree. */
  readonly path: string;
  readonly count: number;
  readonly folders: readonly Folder[];
  readonly files: readonly NamedFile[];
};

export type NamedFile = Pick<ChangedPathView, "type" | "commits" | "path"> & { readonly name: string };

type Node = { readonly folders: Map<string, Node>; readonly files: NamedFile[] };

/** Returns the changed files of one repository as a tree. */
export function fileTree(paths: readonly Pick<ChangedPathView, "type" | "commits" | "path">[]): Folder {
  const root = newNode();
  for (const { path, type, commits } of paths) {
    const names = path.split("/");
    const name = names.pop() ?? path;
    let node = root;
    for (const folder of names) node = childOf(node, folder);
    node.files.push({ name, path, type, commits });
  }
  return folderOf("", "", root);
}

const newNode = (): Node => ({ folders: new Map(), files: [] });

function childOf({ folders }: Node, name: string): Node {
  const child = folders.get(name) ?? newNode();
  folders.set(name, child);
  return child;
}

function folderOf(name: string, path: string, { folders, files }: Node): Folder {
  const below = [...folders].map(([child, node]) => joinSingle(folderOf(child, `${path}${child}/`, node)));
  return {
    name,
    path,
    count: below.reduce((sum, { count }) => sum + count, files.length),
    folders: below.toSorted(byName),
    files: files.toSorted(byName),
  };
}

/** Joins a folder that contains only one folder with that folder. */
function joinSingle(folder: Folder): Folder {
  const [only, ...others] = folder.folders;
  if (!only || others.length > 0 || folder.files.length > 0) return folder;
  return { ...only, name: `${folder.name}/${only.name}` };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
