import { containsText } from "@landfall/db/sql/conditions";
import { DeleteSourceMapsInput, ListSourceMapsInput, type SourceMapArchiveView } from "@landfall/schema/artifacts/artifact-bundles";
import { instant } from "@landfall/schema/instant";
import type { Page } from "@landfall/schema/page";
import { REL_DELETE, REL_READ } from "@landfall/schema/scope";
import { and, count, desc, eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { openRelease } from "../../access/at-release.ts";
import { quoted } from "../../access/unknown-names.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { countOwnFiles } from "../../records/artifacts/release-artifact-counts.ts";
import { dropFiles, isShownFile } from "../../records/artifacts/release-files.ts";
import { recordAudit } from "../../records/audit.ts";
import { lockRelease, releaseDeleted } from "../../records/releases.ts";

/** Lists the project's releases that have files of their own, the newest first, for older clients (contract 2, row 35). */
export const listSourceMaps = query({
  scope: REL_READ,
  at: atProject,
  input: ListSourceMapsInput,
  run: async ({ db, at: { project } }, input): Promise<Page<SourceMapArchiveView>> => {
    const window = offsetWindow(input, { usual: 10 });
    const { releases, releaseProjects, releaseFiles } = db.tables;
    const rows = await db
      .select({ id: releases.id, name: releases.version, date: releases.dateCreated, fileCount: count() })
      .from(releaseProjects)
      .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
      .innerJoin(releaseFiles, eq(releaseFiles.releaseId, releases.id))
      .where(
        and(
          eq(releaseProjects.projectId, project.id),
          input.query ? containsText(releases.version, input.query) : undefined,
          isShownFile(db),
        ),
      )
      .groupBy(releases.id, releases.version, releases.dateCreated)
      .orderBy(desc(releases.dateCreated), desc(releases.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(({ date, ...row }) => ({ type: "release", ...row, date: instant(date) })), ...links };
  },
});

/** Deletes all files and archives of a release, for older clients (contract 2, row 35; clients 8.6). */
export const deleteSourceMaps = mutation({
  scope: REL_DELETE,
  at: atProject,
  input: DeleteSourceMapsInput,
  run: async (on, { name }) => {
    const { tx, at } = on;
    if (!name) throw new AppError("invalid", "The parameter name is required: the version of the release whose files to delete.");
    const { release, links } = await openRelease(tx, at.access, name, "every");
    if (!links.some((link) => link.projectId === at.project.id))
      throw notFound(`The release ${quoted(name)} is not linked to the project ${at.project.slug}.`);
    if (!(await lockRelease(tx, release))) throw releaseDeleted(release);
    const files = await countOwnFiles(tx, release.id);
    await dropFiles(tx, release.id);
    const { organizationId, version } = release;
    await recordAudit(on, { organizationId, action: "file.delete", target: version, details: { files } });
  },
});
