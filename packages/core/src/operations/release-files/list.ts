import { containsText } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { ListReleaseFilesInput, type ReleaseFileView } from "@landfall/schema/artifacts/release-files";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, eq, inArray, or } from "drizzle-orm";
import type * as z from "zod";
import { atProjectRelease, type AtRelease, atRelease } from "../../access/at-release.ts";
import { AppError } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { isShownFile } from "../../records/artifacts/release-files.ts";
import { describeReleaseFile } from "./find-file.ts";

/** Lists the files of a release: single files by name, then members of its archives by dist and name (contract 8.2). */
export const listReleaseFiles = query({
  scope: REL_READ,
  at: atRelease,
  input: ListReleaseFilesInput,
  run: (on, input) => selectReleaseFiles(on, input),
});

/** The same through one of the release's projects. */
export const listProjectReleaseFiles = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: ListReleaseFilesInput,
  run: (on, input) => selectReleaseFiles(on, input),
});

/** The largest offset of a page (contract 8.2). */
const MAX_OFFSET = 20_000;

async function selectReleaseFiles(
  { db, at: { release } }: { readonly db: Reader; readonly at: AtRelease },
  input: z.output<typeof ListReleaseFilesInput>,
): Promise<Page<ReleaseFileView>> {
  const window = offsetWindow(input);
  if (window.offset >= MAX_OFFSET) throw new AppError("invalid", "Pagination offset too large");
  const { releaseFiles } = db.tables;
  const texts = (input.query ?? []).filter((text) => text !== "");
  const checksums = (input.checksum ?? []).filter((text) => text !== "");
  const rows = await db
    .select()
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.releaseId, release.id),
        isShownFile(db),
        or(...texts.map((text) => containsText(releaseFiles.name, text))),
        checksums.length > 0 ? inArray(releaseFiles.sha1, checksums) : undefined,
      ),
    )
    .orderBy(asc(releaseFiles.isMember), asc(releaseFiles.listDist), asc(releaseFiles.name), asc(releaseFiles.id))
    .limit(window.limit)
    .offset(window.offset);
  const { items, ...links } = offsetPage(window, rows);
  return { items: items.map(describeReleaseFile), ...links };
}
