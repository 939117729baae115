import type { ComparisonView } from "@landfall/schema/releases/compare";
import { failureOf } from "#server/pages/failure.ts";
import type { Viewer } from "#server/pages/running-app.ts";
import type { CompareSide } from "@landfall/domain/comparison/compare-side";

export type SideName = "base" | "head";

/** A comparison, or the side that does not exist. */
export type ComparisonResult =
  | { readonly kind: "found"; readonly comparison: ComparisonView }
  | { readonly kind: "missing"; readonly side: SideName; readonly message: string };

type Sides = { readonly base: CompareSide; readonly head: CompareSide };

/** Compares two sides. Reports a side that does not exist or is not visible to the viewer. */
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
