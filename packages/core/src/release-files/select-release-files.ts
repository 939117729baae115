import type { Reader } from "@landfall/db/store";
import type { ListReleaseFilesInput } from "@landfall/schema/inputs/release-file";
import type { Page } from "@landfall/schema/views/page";
import type { ReleaseFileView } from "@landfall/schema/views/release-file";
import { and, asc, eq, inArray, or } from "drizzle-orm";
import type * as z from "zod";
import type { AtRelease } from "../access/at-release.ts";
import { AppError } from "../app-error.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { containsText } from "../releases/list/contains-text.ts";
import { describeReleaseFile } from "./describe-release-file.ts";
import { isShownFile } from "../artifacts/shown-files.ts";

/** No list is read further than this (contract 8.2). */
const MAX_OFFSET = 20_000;

type On = { readonly db: Reader; readonly at: AtRelease };

/** The files of a release by name, and behind them what is in its archives, by dist and name (contract 8.2). */
export async function selectReleaseFiles(
  { db, at: { release } }: On,
  input: z.output<typeof ListReleaseFilesInput>,
): Promise<Page<ReleaseFileView>> {
  const window = offsetWindow(input);
  if (window.offset >= MAX_OFFSET) throw new AppError("invalid", "Pagination offset too large");
  const { releaseFiles } = db.tables;
  const wanted = (input.query ?? []).filter((text) => text !== "");
  const checksums = (input.checksum ?? []).filter((text) => text !== "");
  const rows = await db
    .select()
    .from(releaseFiles)
    .where(
      and(
        eq(releaseFiles.releaseId, release.id),
        isShownFile(db),
        or(...wanted.map((text) => containsText(releaseFiles.name, text))),
        checksums.length > 0 ? inArray(releaseFiles.sha1, checksums) : undefined,
      ),
    )
    .orderBy(asc(releaseFiles.isMember), asc(releaseFiles.listDist), asc(releaseFiles.name), asc(releaseFiles.id))
    .limit(window.limit)
    .offset(window.offset);
  const { items, ...links } = offsetPage(window, rows);
  return { items: items.map(describeReleaseFile), ...links };
}
