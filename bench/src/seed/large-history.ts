import type { DataDirectory } from "../servers/data-directory.ts";
import { openLoader, RELEASES } from "./loader.ts";
import { seedRelease, versionAt } from "./seed-release.ts";

/** Stores `size` releases, in turn of each project. */
export function loadLargeHistory(data: DataDirectory, size: number): void {
  const loader = openLoader(data);
  loader.each(RELEASES, size, (index) => {
    const project = data.projects[index % data.projects.length];
    if (project) loader.release(project.id, seedRelease(index + 1, index, versionAt(project.slug, index)));
  });
  loader.close();
}

/** A list to read: its name, and its query string for a history of `size` releases. */
export type LargeSearch = { readonly name: string; readonly search: (size: number) => string };

/** The version a hundredth before the end of a history of `size` releases. */
const nearTheEnd = (size: number): string => {
  const index = Math.floor(size * 0.99);
  return `${Math.floor(index / 10_000) + 1}.${Math.floor(index / 100) % 100}.${index % 100}`;
};

const query = (text: string): string => `query=${encodeURIComponent(text)}`;

/** What is read at every size. The first page comes first: after the searches a server's memory holds more of the file. */
export const largeSearches: readonly LargeSearch[] = [
  { name: "first page, 100 rows", search: () => "per_page=100" },
  { name: "page at row 900", search: () => "per_page=100&cursor=100:9:0" },
  { name: "last page", search: (size) => `per_page=100&cursor=100:${size / 100 - 1}:0` },
  { name: "one project of ten", search: () => "project=web" },
  { name: "text in 1 of 100 versions", search: () => query("hotfix") },
  { name: "text in no version", search: () => query("zebra") },
  { name: "release:web@1.2*", search: () => query("release:web@1.2*") },
  { name: "release.version:>= the newest 1 %", search: (size) => query(`release.version:>=${nearTheEnd(size)}`) },
  { name: "sort=semver", search: () => "sort=semver" },
  { name: "sort=semver, one project", search: () => "sort=semver&project=web" },
  { name: "sort=build", search: () => "sort=build" },
  { name: "release:latest", search: () => query("release:latest") },
];
