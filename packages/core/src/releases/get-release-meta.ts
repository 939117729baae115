import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { ReleaseMetaView } from "@landfall/schema/views/release";
import { countDistinct, eq } from "drizzle-orm";
import { atRelease } from "../access/at-release.ts";
import { countArtifacts } from "../artifacts/count-artifacts.ts";
import { query } from "../operation.ts";
import { versionInfo } from "../versions/version-info.ts";

/** What the page of a release needs besides the release (contract 10.1). */
export const getReleaseMeta = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at: { release, links } }): Promise<ReleaseMetaView> => {
    const [files] = await countFiles(db, { ids: JSON.stringify([release.id]) });
    const artifacts = await countArtifacts(db, { release, links });
    return {
      version: release.version,
      versionInfo: versionInfo(release.version),
      projects: links.map(({ projectId, slug, name, newGroups, platform }) => ({
        id: projectId,
        slug,
        name,
        newGroups,
        platform,
        platforms: platform === null ? [] : [platform],
      })),
      newGroups: links.reduce((sum, link) => sum + link.newGroups, 0),
      deployCount: release.deployCount,
      commitCount: release.commitCount,
      released: instant(release.dateEffective),
      commitFilesChanged: files?.paths ?? 0,
      releaseFileCount: artifacts.files,
      isArtifactBundle: artifacts.areBundled,
    };
  },
});

const countFiles = prepared((db: Reader) => {
  const { releaseCommits, commitFiles } = db.tables;
  return db
    .select({ paths: countDistinct(commitFiles.path) })
    .from(releaseCommits)
    .innerJoin(commitFiles, eq(commitFiles.commitId, releaseCommits.commitId))
    .where(anyOf(releaseCommits.releaseId, "ids"))
    .prepare();
});
