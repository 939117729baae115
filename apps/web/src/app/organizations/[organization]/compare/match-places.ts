import { writeSide } from "./compare-side.ts";

/** A project with the environments it was deployed to. */
export type ProjectPlaces = { readonly slug: string; readonly environments: readonly string[] };

/** How many are offered. */
const MOST = 8;

/** The environments of projects that have every word of a text in their names, as the address writes them; the first few. */
export function matchPlaces(projects: readonly ProjectPlaces[], text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/^env:/, "")
    .split(/[\s@]+/)
    .filter((word) => word !== "" && word !== "of" && word !== "in");
  const found: string[] = [];
  for (const { slug, environments } of projects) {
    for (const environment of environments) {
      const name = `${environment} ${slug}`.toLowerCase();
      if (words.every((word) => name.includes(word))) found.push(writeSide({ environment, project: slug }));
      if (found.length === MOST) return found;
    }
  }
  return found;
}
