import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { selectByUrl } from "./select-bundle-files.ts";
import { selectReleaseFiles } from "./select-release-files.ts";
import type { StoredFile } from "./stored-file.ts";

/** What a stack trace belongs to: a project's release and dist, as far as the event names them. */
export type StackEvent = { readonly project: ProjectRow; readonly version: string | null; readonly dist: string };

/**
 * The files of an event's release and dist by their names, the name given first before the others: in the last uploaded bundle that has one,
 * else among the release's own files. Two statements at the most.
 */
export async function findByName(db: Reader, { project, version, dist }: StackEvent, wanted: readonly string[]): Promise<StoredFile[]> {
  const names = storableNames(wanted);
  if (version === null || version === "" || names.length === 0) return [];
  const on = { version, dist, names };
  const bundled = await selectByUrl(db, project, on);
  const newest = bundled.filter((file) => file.bundle?.id === bundled[0]?.bundle?.id);
  return sortByNames(names, newest.length > 0 ? newest : await selectReleaseFiles(db, project, on));
}

/** Sorts files by where their names stand in a list. */
export function sortByNames(names: readonly string[], files: readonly StoredFile[]): StoredFile[] {
  const place = new Map(names.map((name, index) => [name, index]));
  const placeOf = ({ name }: StoredFile): number => place.get(name) ?? names.length;
  return files.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Scripts and maps may refer to anything; what no database can store no file is called. */
export const storableNames = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => !name.includes("\0") && name.isWellFormed());
