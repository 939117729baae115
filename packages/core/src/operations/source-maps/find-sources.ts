import { type SourceContext, SourceText } from "@landfall/artifacts/maps/source-text";
import { resolveReference, urlCandidates } from "@landfall/artifacts/urls";
import { findByName, selectInBundle, storableNames } from "./find-files.ts";
import type { SearchContext } from "./find-script.ts";
import { contentKey, lazyBytes, problemMessage, type StoredFile } from "./stored-file.ts";

/** The most sources of one script whose text is looked up. */
const MAX_SOURCES = 20;

/** The largest source that is read, in bytes. Sources written by people are smaller. */
const MAX_SOURCE_BYTES = 4 * 1024 * 1024;

/** The sources of a map to look up. */
export type SourceQuery = {
  /** The map, or the script that contains it. Names of sources are relative to it. */
  readonly from: StoredFile | null;
  readonly script: StoredFile | null;
  /** The names of the sources in the map. */
  readonly names: readonly string[];
};

/** Returns the text of sources that a map does not contain and that were uploaded with it. Runs at most three statements. */
export async function findSources(search: SearchContext, { from, script, names }: SourceQuery): Promise<ReadonlyMap<string, SourceText>> {
  const texts = new Map<string, SourceText>();
  const candidates = new Map(names.slice(0, MAX_SOURCES).map((name) => [name, candidatesOf(name, from ?? script)]));
  const wanted = storableNames([...candidates.values()].flat());
  if (wanted.length === 0) return texts;
  const bundled = from?.bundle ? await selectInBundle(search.db, from.bundle.id, wanted) : [];
  const files = bundled.length > 0 ? bundled : await findByName(search.db, search.event, wanted);
  for (const [name, urls] of candidates) {
    const file = urls.flatMap((url) => files.find((stored) => stored.name === url && isSource(stored, [from, script])) ?? [])[0];
    const text = file === undefined ? null : await readSource(search, file);
    if (text !== null) texts.set(name, text);
  }
  return texts;
}

/** Returns the lines around a position in a source. `line` and `column` are 1-based. */
export const sourceContext = (text: SourceText | undefined, line: number, column: number): SourceContext | null =>
  text?.context(line, column - 1, 5) ?? null;

/** The URLs of a source, resolved from its map: other applications of the same release may have a `src/index.ts` too. */
function candidatesOf(source: string, base: StoredFile | null): string[] {
  const resolved = base === null ? null : resolveReference(source, base.name);
  return resolved === null ? [] : urlCandidates(resolved);
}

/** Whether a file can be the source. A script that was built from one file often has the name of its source. */
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
