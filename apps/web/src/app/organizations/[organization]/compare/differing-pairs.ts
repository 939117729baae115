import type { BoardRowView } from "@landfall/schema/views/board";
import { driftText } from "../board/drift-text.ts";

/** Neighbouring environments that do not have the same version, those furthest apart first. */
export function differingEnvironments(rows: readonly BoardRowView[]) {
  const pairs = rows.flatMap(({ project, cells }) =>
    cells.flatMap(({ environment, drift }) => {
      const words = drift && driftText(drift);
      return words
        ? [{ project: project.slug, base: drift.environment, head: environment, words: words.long, commits: drift.commits }]
        : [];
    }),
  );
  return pairs.toSorted((a, b) => b.commits - a.commits);
}
