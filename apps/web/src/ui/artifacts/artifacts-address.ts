import { type SearchParams, textParam } from "../../page-data/params.ts";

/** What the address of a page of artifacts asks for. */
export type ArtifactsQuery = {
  readonly query: string;
  /** The bundle whose files are shown, and the project it is looked at in; the first one listed where null. */
  readonly bundle: string | null;
  readonly in: string | null;
  readonly onlyMissing: boolean;
  /** Where the list of files, of bundles, and of the release's own files starts. */
  readonly cursor: string | null;
  readonly bundles: string | null;
  readonly own: string | null;
  /** Whether the panel for a stack trace is open, and the dist it starts with. */
  readonly isStackOpen: boolean;
  readonly dist: string | null;
};

export const readArtifactsQuery = (params: SearchParams): ArtifactsQuery => ({
  query: (textParam(params, "q") ?? "").trim(),
  bundle: textParam(params, "bundle"),
  in: textParam(params, "in"),
  onlyMissing: textParam(params, "missing") === "1",
  cursor: textParam(params, "cursor"),
  bundles: textParam(params, "bundles"),
  own: textParam(params, "own"),
  isStackOpen: textParam(params, "panel") === "stack",
  dist: textParam(params, "dist"),
});
