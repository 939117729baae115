import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseFileRow } from "@landfall/db/tables/schema";
import type { ReleaseFileView } from "@landfall/schema/artifacts/release-files";
import { instant } from "@landfall/schema/instant";
import { and, eq } from "drizzle-orm";
import type { AtReleaseFile } from "../../access/at-release.ts";
import { quoted } from "../../access/unknown-names.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { fileIdent } from "../../records/artifacts/file-keys.ts";
import { isShownFile } from "../../records/artifacts/release-files.ts";
import type { MutationContext } from "../../records/audit.ts";

/** The context of a mutation at a file of a release. */
export type ReleaseFileMutation = MutationContext & { readonly at: AtReleaseFile };

/** Returns the file of a release with this id, a single file or a member of an archive. Throws 404 if there is none (contract 8.3). */
export async function findReleaseFile(db: Reader, releaseId: number, id: string): Promise<ReleaseFileRow> {
  const single = readId(id);
  const [row] = single > 0 ? await findSingle(db, { releaseId, id: single }) : await findMember(db, { releaseId, idents: identsOf(id) });
  if (!row) throw notFound(`The release has no file with the id ${quoted(id)}.`);
  return row;
}

const identsOf = (id: string): string[] => readMemberId(id).map(({ name, dist }) => fileIdent(name, dist));

const findSingle = prepared((db: Reader, param: { id: number; releaseId: number }) => {
  const { releaseFiles } = db.tables;
  return db
    .select()
    .from(releaseFiles)
    .where(
      and(eq(releaseFiles.id, param.id), eq(releaseFiles.releaseId, param.releaseId), eq(releaseFiles.isMember, false), isShownFile(db)),
    )
    .prepare();
});

const findMember = prepared((db: Reader, param: { idents: readonly string[]; releaseId: number }) => {
  const { releaseFiles } = db.tables;
  return db
    .select()
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.releaseId, param.releaseId),
        eq(releaseFiles.isMember, true),
        anyOf(releaseFiles.ident, param.idents),
        isShownFile(db),
      ),
    )
    .limit(1)
    .prepare();
});

/** Returns the view of a file (contract 8.1). */
export const describeReleaseFile = (row: ReleaseFileRow): ReleaseFileView => ({
  id: row.isMember ? memberId(row) : String(row.id),
  name: row.name,
  dist: row.dist || null,
  headers: row.headers,
  size: row.size,
  sha1: row.sha1,
  dateCreated: instant(row.dateCreated),
});

type FileIdentity = { readonly name: string; readonly dist: string };

/** The id of a member of an archive: its dist and name in URL-safe base64 (contract 8.3). */
export const memberId = ({ dist, name }: FileIdentity): string => {
  const id = Buffer.from(`${dist}_${name}`).toString("base64url");
  return id + "=".repeat((4 - (id.length % 4)) % 4);
};

/**
 * Parses the id of a member; returns nothing for any other text. A dist may contain underscores, so there can be several readings, of which at
 * most one is stored.
 */
export function readMemberId(id: string): FileIdentity[] {
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(id)) return [];
  const text = Buffer.from(id, "base64url").toString();
  if (memberId({ dist: "", name: "" }) === id || Buffer.from(text).toString("base64url") !== id.replace(/=+$/, "")) return [];
  const parts = text.split("_").slice(0, MAX_READINGS);
  return parts.slice(0, -1).map((_, index) => {
    const dist = parts.slice(0, index + 1).join("_");
    return { dist, name: text.slice(dist.length + 1) };
  });
}

/** A dist has at most 64 characters (`DIST_MAX`), so that no more underscores than that can precede the name. */
const MAX_READINGS = 66;

/** 409 for a second file with the same name and dist (contract 8.1). */
export const fileConflict = (): AppError => new AppError("conflict", "A file matching this name already exists for the given release");
