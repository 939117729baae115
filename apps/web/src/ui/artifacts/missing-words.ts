import type { MissingMapView } from "@landfall/schema/views/bundle-line";

type Reason = MissingMapView["reason"];

/** What is missing of a minified file, shortly. */
export const MISSING_LABELS: Readonly<Record<Reason, string>> = {
  missing: "map missing",
  unsaid: "names no map",
  unreachable: "not findable",
};

/** The same as a sentence, for one file. */
export function describeMissing({ reason, map }: MissingMapView): string {
  switch (reason) {
    case "missing":
      return DEBUG_ID.test(map ?? "")
        ? `No source map with its debug id ${map} is in the bundle.`
        : `It refers to ${map}, which is not in the bundle.`;
    case "unsaid":
      return "It has no debug id and names no source map.";
    case "unreachable":
      return "It has no debug id, and the bundle is of no release: no stack trace leads to it.";
  }
}

const DEBUG_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What mends it. */
export const MISSING_FIXES: Readonly<Record<Reason, string>> = {
  missing: "Upload the folder that holds both the file and its map, as the build left them.",
  unsaid: "Let the build write source maps, inject debug ids into what it made, and upload that.",
  unreachable: "Inject debug ids before the upload, or name the release when uploading.",
};
