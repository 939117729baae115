import type { ComparisonView } from "@landfall/schema/releases/compare";
import { failureOf } from "#server/pages/failure.ts";
import type { Viewer } from "#server/pages/running-app.ts";
import type { CompareSide } from "./compare-side.ts";

/** Which of the two sides: the one that is compared with, or the one that is looked at. */
export type SideName = "base" | "head";

/** What became of a comparison. */
export type ComparisonResult =
  | { readonly kind: "found"; readonly comparison: ComparisonView }
  | { readonly kind: "missing"; readonly side: SideName; readonly message: string };

type Sides = { readonly base: CompareSide; readonly head: CompareSide };

/** Compares two sides; tells which of them is not there, or that the viewer may not see. */
export async function readComparison(
  call: Pick<Viewer["call"], "releases">,
  organization: string,
  { base, head }: Sides,
): Promise<ComparisonResult> {
  try {
    return { kind: "found", comparison: await call.releases.compare({ organization, base, head }) };
  } catch (error) {
    const { fields, code } = failureOf(error);
    const side = (["base", "head"] as const).find((name) => fields[name] !== undefined);
    if (code !== "not_found" || !side) throw error;
    return { kind: "missing", side, message: fields[side] ?? "" };
  }
}
