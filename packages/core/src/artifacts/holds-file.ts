import { normalizeDebugId } from "@landfall/artifacts/debug-ids/normalize-debug-id";
import type { Reader } from "@landfall/db/store";
import { and, type Column, eq, exists, or, type SQL, sql } from "drizzle-orm";
import { containsText } from "../releases/list/contains-text.ts";

/** Whether a file of a bundle has a text in its name, or this debug id. */
export function fileMatches({ tables: { artifactFiles } }: Reader, text: string): SQL | undefined {
  const { url, path, debugId } = artifactFiles;
  const id = normalizeDebugId(text);
  return or(containsText(url, text), containsText(path, text), id === null ? undefined : eq(debugId, id));
}

/** Whether a bundle has such a file. */
export function hasMatchingFile(db: Reader, bundle: Column, text: string): SQL {
  const { artifactFiles } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(artifactFiles)
      .where(and(eq(artifactFiles.bundleId, bundle), fileMatches(db, text))),
  );
}
