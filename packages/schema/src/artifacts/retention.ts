import * as z from "zod";
import { ProjectBriefView } from "../brief.ts";
import { body, list } from "../fields/composites.ts";
import { environmentName } from "../fields/names.ts";
import { integer } from "../fields/numbers.ts";
import { pageParams, queryTexts } from "../fields/query.ts";
import { ActorView } from "../organizations/audit.ts";
import { pageOf } from "../page.ts";

/** A retention rule of a project: each part is a reason to keep artifacts; absent and null parts are none. */
const rule = {
  keepLast: integer({ min: 1, max: 1000 })
    .nullish()
    .describe("Keep the artifacts of this many of the project's last releases that have artifacts."),
  keepDays: integer({ min: 1, max: 3650 }).nullish().describe("Keep artifacts for this many days after the upload."),
  environments: list(environmentName(), { max: 20 })
    .optional()
    .describe("Keep the artifacts of releases that were ever deployed to one of these environments. Requires another part."),
};

/** The new rule of a project; without any part it keeps everything. */
export const SetRetentionInput = body(rule);

export type SetRetentionInput = z.output<typeof SetRetentionInput>;

/** Query of what a rule would delete; by default the project's rule. */
export const PreviewRetentionInput = body({ ...rule, ...pageParams });

/** Query of the retention runs, by default of all projects within reach. */
export const ListRetentionRunsInput = z.object({ project: queryTexts().optional(), ...pageParams });

/** Query of the storage usage. */
export const GetStorageInput = z.object({ ...pageParams });

/** How long a project keeps artifacts. Without any part it has no rule and keeps everything. */
export const RetentionView = z.object({
  keepLast: z.int().nullable(),
  keepDays: z.int().nullable(),
  environments: z.array(z.string()),
  /** When the rule was created or changed; null without a rule. */
  dateChanged: z.iso.datetime().nullable(),
});

export type RetentionView = z.infer<typeof RetentionView>;

/** An item that would be deleted: a bundle, or the files and archives of one release. */
export const RetentionItemView = z.object({
  kind: z.enum(["bundle", "files"]),
  /** The bundle's id, or the release's version. */
  id: z.string(),
  /** Its releases. */
  versions: z.array(z.string()),
  files: z.int(),
  /** Its size, including bytes that are used elsewhere too. */
  bytes: z.int(),
  dateUploaded: z.iso.datetime(),
  /** Whether another project has it too, so that it is only removed from this one. */
  isShared: z.boolean(),
});

export type RetentionItemView = z.infer<typeof RetentionItemView>;

/** The total of deleted items. */
export const RetentionTotalsView = z.object({
  bundles: z.int(),
  /** Releases that lose artifacts. */
  releases: z.int(),
  files: z.int(),
  /** The size of blobs that are unreferenced afterwards. */
  bytes: z.int(),
});

export type RetentionTotalsView = z.infer<typeof RetentionTotalsView>;

/** A page of the items that would be deleted, with totals. */
export const RetentionPreviewView = pageOf(RetentionItemView).extend({
  totals: RetentionTotalsView,
  /** False if there are more items than a preview scans; the totals are then lower bounds. */
  isWhole: z.boolean(),
});

export type RetentionPreviewView = z.infer<typeof RetentionPreviewView>;

/** A retention run. */
export const RetentionRunView = RetentionTotalsView.extend({
  id: z.string(),
  project: ProjectBriefView,
  /** The actor, or the server for nightly runs. */
  actor: ActorView,
  /** The first few versions that lost artifacts. */
  versions: z.array(z.string()),
  /** Why it failed; null if it completed or is running. */
  failure: z.string().nullable(),
  dateStarted: z.iso.datetime(),
  /** Null while it is running, and if it was interrupted. */
  dateFinished: z.iso.datetime().nullable(),
});

export type RetentionRunView = z.infer<typeof RetentionRunView>;

/** The number of artifacts of a kind, and of the files in them. */
const Counted = z.object({ count: z.int(), files: z.int(), bytes: z.int() });

/** Artifacts by kind: bundles, single files of releases, archives of releases. */
const Kinds = z.object({ bundles: Counted, files: Counted, archives: Counted });

/** The storage usage and the retention rule of a project. */
export const ProjectStorageView = z.object({ project: ProjectBriefView, kinds: Kinds, bytes: z.int(), rule: RetentionView });

export type ProjectStorageView = z.infer<typeof ProjectStorageView>;

/** The storage usage of an organization. Projects out of the caller's reach only count in the totals. */
export const StorageView = z.object({
  /** Of the organization, each artifact once. */
  kinds: Kinds,
  /** Chunks of uploads, which are deleted within a day. */
  chunks: z.object({ count: z.int(), bytes: z.int() }),
  /** The size of the organization's artifacts, each content once. */
  bytes: z.int(),
  /** The bytes that are counted more than once, since several artifacts, releases or projects use them. */
  sharedBytes: z.int(),
  /** How many bytes the organization may store; null when there is no limit. */
  quota: z.int().nullable(),
  /** Why nothing is deleted from the server's blob store; null if something may be. A pause ends by itself, a problem does not. */
  sweepRefusal: z.object({ reason: z.string(), isProblem: z.boolean() }).nullable(),
  /** The largest first. */
  projects: pageOf(ProjectStorageView),
});

export type StorageView = z.infer<typeof StorageView>;
