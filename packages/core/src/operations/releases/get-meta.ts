import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { versionInfo } from "@landfall/domain/versions/version-info";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import type { ReleaseMetaView } from "@landfall/schema/releases/releases";
import { ORG_READ, REL_READ } from "@landfall/schema/scope";
import { countDistinct, eq } from "drizzle-orm";
import * as z from "zod";
import { atProjectRelease, atRelease } from "../../access/at-release.ts";
import { query } from "../../kernel/operation.ts";
import { countArtifacts } from "../../records/artifacts/release-artifact-counts.ts";

/** What the page of a release needs besides the release (contract 10.1). */
export const getReleaseMeta = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at: { release, links } }): Promise<ReleaseMetaView> => {
    const [files] = await countFiles(db, { ids: [release.id] });
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

const countFiles = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releaseCommits, commitFiles } = db.tables;
  return db
    .select({ paths: countDistinct(commitFiles.path) })
    .from(releaseCommits)
    .innerJoin(commitFiles, eq(commitFiles.commitId, releaseCommits.commitId))
    .where(anyOf(releaseCommits.releaseId, param.ids))
    .prepare();
});

/** Session figures of a release in a project (contract 10.3): empty, since no sessions are received. */
export const getReleaseStats = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: z.object({ type: z.enum(["sessions", "users"], "invalid stat").default("sessions") }),
  run: () => Promise.resolve({ stats: [], statTotals: {}, usersBreakdown: [] }),
});

/** The issues this release resolves (contract 6.6). There are no issues here, so there are none. */
export const listResolvedIssues = query({ scope: ORG_READ, at: atRelease, input: NoInput, run: () => Promise.resolve([]) });

/** As `listResolvedIssues`, through one of the release's projects (contract 6.6). */
export const listProjectResolvedIssues = query({
  scope: ["project:read", "project:write", "project:admin"],
  at: atProjectRelease,
  input: NoInput,
  run: () => Promise.resolve([]),
});
