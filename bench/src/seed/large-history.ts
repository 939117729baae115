import type { DataDirectory } from "../servers/data-directory.ts";
import { openLoader, RELEASES } from "./loader.ts";
import { seedRelease, versionAt } from "./seed-release.ts";

/** Stores `size` releases, evenly distributed over the projects. */
export function loadLargeHistory(data: DataDirectory, size: number): void {
  const loader = openLoader(data);
  loader.each(RELEASES, size, (index) => {
    const project = data.projects[index % data.projects.length];
    if (project) loader.release(project.id, seedRelease(index + 1, index, versionAt(project.slug, index)));
  });
  loader.close();
}

/** A list to read: its name and its query string for a history of `size` releases. */
export type LargeSearch = { readonly name: string; readonly search: (size: number) => string };

/** The version at 99 % of a history of `size` releases. */
const nearTheEnd = (size: number): string => {
  const index = Math.floor(size * 0.99);
  return `${Math.floor(index / 10_000) + 1}.${Math.floor(index / 100) % 100}.${index % 100}`;
};

const query = (text: string): string => `query=${encodeURIComponent(text)}`;

/** The lists at each size. The first page must be first, because searches load more of the file into memory. */
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
