import { type SourceContext, SourceText } from "@landfall/artifacts/maps/source-text";
import { resolveReference, urlCandidates } from "@landfall/artifacts/urls";
import { findByName, selectInBundle, storableNames } from "./find-files.ts";
import type { SearchContext } from "./find-script.ts";
import { contentKey, lazyBytes, problemMessage, type StoredFile } from "./stored-file.ts";

/** Of more sources of one script the text is not looked for. */
const MAX_SOURCES = 20;

/** People write no larger ones. */
const MAX_SOURCE_BYTES = 4 * 1024 * 1024;

/** Where sources of a map are looked for. */
export type SourceQuery = {
  /** The map, or the script it is in: sources are named relative to it. */
  readonly from: StoredFile | null;
  readonly script: StoredFile | null;
  /** As the map names them. */
  readonly names: readonly string[];
};

/** The text of sources that a map does not carry and that were uploaded beside it. At most three statements. */
export async function findSources(search: SearchContext, { from, script, names }: SourceQuery): Promise<ReadonlyMap<string, SourceText>> {
  const texts = new Map<string, SourceText>();
  const candidates = new Map(names.slice(0, MAX_SOURCES).map((name) => [name, candidatesOf(name, from ?? script)]));
  const wanted = storableNames([...candidates.values()].flat());
  if (wanted.length === 0) return texts;
  const bundled = from?.bundle ? await selectInBundle(search.db, from.bundle.id, wanted) : [];
  const files = bundled.length > 0 ? bundled : await findByName(search.db, search.event, wanted);
  for (const [name, its] of candidates) {
    const file = its.flatMap((one) => files.find((stored) => stored.name === one && isSource(stored, [from, script])) ?? [])[0];
    const text = file === undefined ? null : await readSource(search, file);
    if (text !== null) texts.set(name, text);
  }
  return texts;
}

/** The lines around a place in one of them. */
export const sourceContext = (text: SourceText | undefined, line: number, column: number): SourceContext | null =>
  text?.context(line, column - 1, 5) ?? null;

/** Only by where it stands beside its map: other applications of the same release have a `src/index.ts` too. */
function candidatesOf(source: string, base: StoredFile | null): string[] {
  const resolved = base === null ? null : resolveReference(source, base.name);
  return resolved === null ? [] : urlCandidates(resolved);
}

/** A script built from one file is often called as its source is. */
const isSource = (file: StoredFile, others: readonly (StoredFile | null)[]): boolean =>
  file.kind !== "map" &&
  !(file.bundle !== null && file.kind === "script") &&
  others.every((other) => other === null || contentKey(other) !== contentKey(file));

async function readSource({ blobs }: SearchContext, file: StoredFile): Promise<SourceText | null> {
  try {
    return new SourceText(new TextDecoder().decode(await lazyBytes(blobs, file, MAX_SOURCE_BYTES).bytes()));
  } catch (error) {
    problemMessage(error);
    return null;
  }
}
