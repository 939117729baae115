import { explainMap } from "./explain-map.ts";
import { explainScript } from "./explain-script.ts";
import type { FrameFacts } from "./facts.ts";
import type { Miss } from "./miss.ts";

/**
 * Why a frame is not shown in its source, and what would mend it: the first step that failed, from the release to the text of the source.
 * Null when nothing is missing.
 */
export function explainMiss(facts: FrameFacts): Miss | null {
  if (facts.resolution?.isFound === true && facts.resolution.context !== null) return null;
  return facts.script === null ? explainScript(facts) : explainMap(facts, facts.script);
}
