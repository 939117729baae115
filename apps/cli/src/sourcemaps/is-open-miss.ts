import type { MissView } from "@landfall/schema/views/resolved-stack";

/** Calls in the browser or the runtime itself, and code that no source has: about these nothing is to be done. */
const BENIGN: ReadonlySet<MissView["reason"]> = new Set(["no-address", "no-position", "position-unmapped"]);

/** Whether a call should have led to its source and did not. One whose place is known, without the text of the source, did. */
export const isOpenMiss = ({ original, miss }: { readonly original: unknown; readonly miss: MissView | null }): boolean =>
  original === null && miss !== null && !BENIGN.has(miss.reason);
