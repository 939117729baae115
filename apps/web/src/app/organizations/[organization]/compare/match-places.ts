import { formatSide } from "./compare-side.ts";

/** A project with the environments it was deployed to. */
export type ProjectEnvironments = { readonly slug: string; readonly environments: readonly string[] };

/** How many are offered. */
const ENVIRONMENT_LIMIT = 8;

/** The environments of projects that have every word of a text in their names, as the address writes them; the first few. */
export function matchEnvironments(projects: readonly ProjectEnvironments[], text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/^env:/, "")
    .split(/[\s@]+/)
    .filter((word) => word !== "" && word !== "of" && word !== "in");
  const found: string[] = [];
  for (const { slug, environments } of projects) {
    for (const environment of environments) {
      const name = `${environment} ${slug}`.toLowerCase();
      if (words.every((word) => name.includes(word))) found.push(formatSide({ environment, project: slug }));
      if (found.length === ENVIRONMENT_LIMIT) return found;
    }
  }
  return found;
}
