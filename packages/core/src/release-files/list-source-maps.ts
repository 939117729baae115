import { ListSourceMapsInput } from "@landfall/schema/inputs/artifact-bundle";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { SourceMapArchiveView } from "@landfall/schema/views/artifact-bundle";
import type { Page } from "@landfall/schema/views/page";
import { and, count, desc, eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { containsText } from "../releases/list/contains-text.ts";
import { isShownFile } from "../artifacts/shown-files.ts";

/** The project's releases that have files of their own, the newest first: how older clients list source maps (contract 2, row 35). */
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
