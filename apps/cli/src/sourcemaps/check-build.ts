import type { Build } from "./read-build.ts";

/** Something about a file that keeps stack traces from being resolved, or from being shown with their lines. */
export type BuildProblem = {
  readonly path: string;
  readonly kind: "no-map" | "map-unreadable" | "no-sources-content" | "other-build";
  readonly sentence: string;
};

/** What is odd about a build. `sources` tells which texts that a map lacks are on this machine, and so will be added. */
export function checkBuild({ scripts, maps }: Build, sources: ReadonlyMap<string, ReadonlyMap<string, string>>): BuildProblem[] {
  const problems: BuildProblem[] = [];
  const mapByPath = new Map(maps.map((map) => [map.file.path, map]));
  for (const { file, map, reference, debugId } of scripts) {
    if (map === null) {
      const sentence = reference === null ? "has no source map." : `refers to the source map ${reference}, which is not there.`;
      problems.push({ path: file.path, kind: "no-map", sentence });
    }
    const mapId = map === null || map === "inline" ? null : (mapByPath.get(map.path)?.debugId ?? null);
    if (debugId !== null && mapId !== null && debugId !== mapId) {
      const sentence = `has the debug id ${debugId} and its map ${mapId}: they are of two builds.`;
      problems.push({ path: file.path, kind: "other-build", sentence });
    }
  }
  for (const { file, problem, withoutText } of maps) {
    if (problem !== null) problems.push({ path: file.path, kind: "map-unreadable", sentence: `cannot be used. ${problem}` });
    const lacking = withoutText.filter((name) => !sources.get(file.path)?.has(name));
    const [first] = lacking;
    if (first !== undefined) {
      const which = lacking.length === 1 ? first : `${first} and ${lacking.length - 1} more`;
      const sentence = `does not carry the text of ${which}: put sourcesContent into it, or keep the sources beside the build.`;
      problems.push({ path: file.path, kind: "no-sources-content", sentence });
    }
  }
  return problems;
}
