import * as z from "zod";
import type { ReleaseText } from "../constants.ts";
import { queryFlag, queryText, queryTexts, statsPeriod } from "../fields/query.ts";
import { AuthorView, UserView } from "../organizations/accounts.ts";
import { CommitView } from "./commits.ts";
import { DeployView } from "./deploys.ts";

const health = {
  health: queryFlag().optional(),
  adoptionStages: queryFlag().optional(),
  summaryStatsPeriod: statsPeriod("summaryStatsPeriod"),
  healthStatsPeriod: statsPeriod("healthStatsPeriod"),
};

/** One project by id or slug; the last of several is used. */
const oneProject = z.union([queryTexts().transform((names) => names.at(-1)), z.number().transform(String)]);

/** Query of a release (contract 4.1). The other fields apply only if `project` is given. */
export const ReadReleaseInput = z.object({
  ...health,
  project: oneProject.optional(),
  sort: z.string().optional(),
  status: z.string().optional(),
  query: queryText().optional(),
  environment: queryTexts().optional(),
});

export type ReadReleaseInput = z.output<typeof ReadReleaseInput>;

/** Query of a release through one of its projects (contract 5.3). */
export const ReadProjectReleaseInput = z.object(health);

/** The sort orders of the list; those after `adoption` need `flatten` (contract 15.1). */
export const SORTS = [
  "date",
  "build",
  "semver",
  "adoption",
  "crash_free_sessions",
  "crash_free_users",
  "sessions",
  "users",
  "sessions_24h",
  "users_24h",
] as const;

export type ReleaseSort = (typeof SORTS)[number];

/** A parsed version (contract 13.1). */
export const VersionInfoView = z
  .object({
    package: z.string().nullable(),
    version: z.object({
      raw: z.string(),
      major: z.number().optional(),
      minor: z.number().optional(),
      patch: z.number().optional(),
      pre: z.string().nullable().optional(),
      buildCode: z.string().nullable().optional(),
      components: z.number().int().optional(),
    }),
    description: z.string(),
    buildHash: z.string().nullable(),
  })
  .meta({ id: "VersionInfo" });

/** Session figures of a project; every figure is null while no session was received (contract 12.2). */
const HealthDataView = z.record(z.string(), z.unknown());

/** A project of a release (contract 12.2). */
export const ProjectOfReleaseView = z
  .object({
    id: z.number().int(),
    slug: z.string(),
    name: z.string(),
    newGroups: z.number().int(),
    platform: z.string().nullable(),
    platforms: z.array(z.string()),
    hasHealthData: z.boolean(),
    healthData: HealthDataView.nullable().optional(),
  })
  .meta({ id: "ProjectOfRelease" });

export type ProjectOfReleaseView = z.infer<typeof ProjectOfReleaseView>;

/** The neighbors of a release in one project (contract 4.1); empty when no project was named. */
export const ProjectMetaView = z.object({
  sessionsLowerBound: z.iso.datetime().nullable().optional(),
  sessionsUpperBound: z.iso.datetime().nullable().optional(),
  prevReleaseVersion: z.string().nullable().optional(),
  nextReleaseVersion: z.string().nullable().optional(),
  firstReleaseVersion: z.string().nullable().optional(),
  lastReleaseVersion: z.string().nullable().optional(),
});

export type ProjectMetaView = z.infer<typeof ProjectMetaView>;

/** The optional texts of a release in its views. */
export const releaseTextViews = { ref: z.string().nullable(), url: z.string().nullable() } satisfies Record<ReleaseText, z.ZodType>;

/** A release (contract 12.1). */
export const ReleaseView = z
  .object({
    id: z.number().int(),
    version: z.string(),
    shortVersion: z.string(),
    versionInfo: VersionInfoView.nullable(),
    status: z.enum(["open", "archived"]),
    ...releaseTextViews,
    dateCreated: z.iso.datetime(),
    dateReleased: z.iso.datetime().nullable(),
    data: z.object({}),
    newGroups: z.number().int(),
    owner: UserView.nullable(),
    commitCount: z.number().int(),
    lastCommit: CommitView.nullable(),
    deployCount: z.number().int(),
    lastDeploy: DeployView.nullable(),
    authors: z.array(AuthorView),
    projects: z.array(ProjectOfReleaseView),
    firstEvent: z.iso.datetime().nullable(),
    lastEvent: z.iso.datetime().nullable(),
    currentProjectMeta: ProjectMetaView,
    userAgent: z.string().nullable(),
    adoptionStages: z
      .record(z.string(), z.object({ stage: z.string().nullable(), adopted: z.string().nullable(), unadopted: z.string().nullable() }))
      .nullable()
      .optional(),
  })
  .meta({ id: "Release" });

export type ReleaseView = z.infer<typeof ReleaseView>;

/** The metadata of a release (contract 10.1). */
export const ReleaseMetaView = z
  .object({
    version: z.string(),
    versionInfo: VersionInfoView.nullable(),
    projects: z.array(
      z.object({
        id: z.number().int(),
        slug: z.string(),
        name: z.string(),
        newGroups: z.number().int(),
        platform: z.string().nullable(),
        platforms: z.array(z.string()),
      }),
    ),
    newGroups: z.number().int(),
    deployCount: z.number().int(),
    commitCount: z.number().int(),
    released: z.iso.datetime(),
    commitFilesChanged: z.number().int(),
    releaseFileCount: z.number().int(),
    isArtifactBundle: z.boolean(),
  })
  .meta({ id: "ReleaseMeta" });

export type ReleaseMetaView = z.infer<typeof ReleaseMetaView>;

/** A point of the release chart (contract 10.2). */
export const ReleaseStatView = z.object({ version: z.string(), date: z.iso.datetime() });

export type ReleaseStatView = z.infer<typeof ReleaseStatView>;
