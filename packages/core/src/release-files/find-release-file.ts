import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseFileRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";
import { fileIdent } from "../artifacts/artifact-keys.ts";
import { notFound } from "../app-error.ts";
import { readId } from "../read-id.ts";
import { readMemberId } from "./member-id.ts";
import { isShownFile } from "../artifacts/shown-files.ts";

/** The file of a release with this id, single or from an archive. Throws 404 when there is none (contract 8.3). */
export async function findReleaseFile(db: Reader, releaseId: number, id: string): Promise<ReleaseFileRow> {
  const single = readId(id);
  const [row] = single > 0 ? await findSingle(db, { releaseId, id: single }) : await findMember(db, { releaseId, idents: identsOf(id) });
  if (!row) throw notFound();
  return row;
}

const identsOf = (id: string): string => JSON.stringify(readMemberId(id).map(({ name, dist }) => fileIdent(name, dist)));

const findSingle = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .select()
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.id, sql.placeholder("id")),
        eq(releaseFiles.releaseId, sql.placeholder("releaseId")),
        eq(releaseFiles.isMember, false),
        isShownFile(db),
      ),
    )
    .prepare();
});

const findMember = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .select()
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.releaseId, sql.placeholder("releaseId")),
        eq(releaseFiles.isMember, true),
        anyOf(releaseFiles.ident, "idents"),
        isShownFile(db),
      ),
    )
    .limit(1)
    .prepare();
});
