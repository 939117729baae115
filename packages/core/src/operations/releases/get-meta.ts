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
import { describeLink } from "./describe.ts";

/** Returns what the page of a release shows in addition to the release (contract 10.1). */
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
      projects: links.map(describeLink),
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

/** Returns the session figures of a release in a project (contract 10.3), which are empty, because no sessions are received. */
export const getReleaseStats = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: z.object({ type: z.enum(["sessions", "users"], "invalid stat").default("sessions") }),
  run: () => Promise.resolve({ stats: [], statTotals: {}, usersBreakdown: [] }),
});

/** Returns the issues that a release resolves (contract 6.6): none, because this server has no issues. */
export const listResolvedIssues = query({ scope: ORG_READ, at: atRelease, input: NoInput, run: () => Promise.resolve([]) });

/** Same as `listResolvedIssues`, through one of the projects of the release (contract 6.6). */
export const listProjectResolvedIssues = query({
  scope: ["project:read", "project:write", "project:admin"],
  at: atProjectRelease,
  input: NoInput,
  run: () => Promise.resolve([]),
});
