import * as z from "zod";
import { ProjectBriefView } from "../brief.ts";
import { body, list } from "../fields/composites.ts";
import { environmentName } from "../fields/names.ts";
import { integer } from "../fields/numbers.ts";
import { pageParams, queryTexts } from "../fields/query.ts";
import { ActorView } from "../organizations/audit.ts";
import { pageOf } from "../page.ts";

/** A rule for how long a project keeps artifacts: each part is a reason to keep some; what is absent or null is none. */
const rule = {
  keepLast: integer({ min: 1, max: 1000 }).nullish().describe("Of so many of the project's last releases that have artifacts."),
  keepDays: integer({ min: 1, max: 3650 }).nullish().describe("For so many days after the upload."),
  environments: list(environmentName(), { max: 20 })
    .optional()
    .describe("Whatever was ever deployed to one of these environments. Only together with one of the others."),
};

/** The rule a project is to have; without any part it keeps everything. */
export const SetRetentionInput = body(rule);

export type SetRetentionInput = z.output<typeof SetRetentionInput>;

/** What would go by this rule; by the project's own when no part is given. */
export const PreviewRetentionInput = body({ ...rule, ...pageParams });

/** Query of what was removed, of all projects within reach unless some are named. */
export const ListRetentionRunsInput = z.object({ project: queryTexts().optional(), ...pageParams });

/** Query of what artifacts take up. */
export const GetStorageInput = z.object({ ...pageParams });

/** How long a project keeps artifacts. Without any part it has no rule and keeps everything. */
export const RetentionView = z.object({
  keepLast: z.int().nullable(),
  keepDays: z.int().nullable(),
  environments: z.array(z.string()),
  /** When the rule was made or changed; null without one. */
  dateChanged: z.iso.datetime().nullable(),
});

export type RetentionView = z.infer<typeof RetentionView>;

/** Something that would go: a bundle, or the files and archives of one release. */
export const RetentionItemView = z.object({
  kind: z.enum(["bundle", "files"]),
  /** The bundle's id, or the release's version. */
  id: z.string(),
  /** What it was uploaded for. */
  versions: z.array(z.string()),
  files: z.int(),
  /** Of what it is made of, also where something else refers to the same bytes. */
  bytes: z.int(),
  dateUploaded: z.iso.datetime(),
  /** Whether it is only taken from this project, because another one has it too. */
  isOnlyTaken: z.boolean(),
});

export type RetentionItemView = z.infer<typeof RetentionItemView>;

/** How much goes. */
export const RetentionTotalsView = z.object({
  bundles: z.int(),
  /** Releases that lose artifacts. */
  releases: z.int(),
  files: z.int(),
  /** Of blobs that nothing refers to afterwards. */
  bytes: z.int(),
});

export type RetentionTotalsView = z.infer<typeof RetentionTotalsView>;

/** What would go, page by page, and how much it is. */
export const RetentionPreviewView = pageOf(RetentionItemView).extend({
  totals: RetentionTotalsView,
  /** False where more would go than a preview looks at: the totals are the least then. */
  isWhole: z.boolean(),
});

export type RetentionPreviewView = z.infer<typeof RetentionPreviewView>;

/** What went once. */
export const RetentionRunView = RetentionTotalsView.extend({
  id: z.string(),
  project: ProjectBriefView,
  /** Who, or the server at night. */
  actor: ActorView,
  /** The first few versions that lost artifacts. */
  versions: z.array(z.string()),
  /** Why it did not come to its end; null when it did, or has not yet. */
  failure: z.string().nullable(),
  dateStarted: z.iso.datetime(),
  /** Null while it goes on, and for one that was cut off. */
  dateFinished: z.iso.datetime().nullable(),
});

export type RetentionRunView = z.infer<typeof RetentionRunView>;

/** So many artifacts of a kind, with so many files in them. */
const Counted = z.object({ count: z.int(), files: z.int(), bytes: z.int() });

/** Artifacts by kind: bundles, single files of releases, archives of releases. */
const Kinds = z.object({ bundles: Counted, files: Counted, archives: Counted });

/** What the artifacts of a project take up, and how long they are kept. */
export const ProjectStorageView = z.object({ project: ProjectBriefView, kinds: Kinds, bytes: z.int(), rule: RetentionView });

export type ProjectStorageView = z.infer<typeof ProjectStorageView>;

/** What artifacts take up. A project out of the caller's reach counts in the totals alone. */
export const StorageView = z.object({
  /** Of the organization, each artifact once. */
  kinds: Kinds,
  /** Parts of uploads; they go within a day. */
  chunks: z.object({ count: z.int(), bytes: z.int() }),
  /** What the organization's artifacts take up, each content once. */
  bytes: z.int(),
  /** What is counted more than once, since the same bytes are used by several artifacts, releases or projects. */
  sharedBytes: z.int(),
  /** How many bytes the organization may store; null when there is no limit. */
  quota: z.int().nullable(),
  /** Why nothing is deleted from the server's blob store; null if something may be. A pause ends by itself, a problem does not. */
  sweepRefusal: z.object({ reason: z.string(), isProblem: z.boolean() }).nullable(),
  /** The largest first. */
  projects: pageOf(ProjectStorageView),
});

export type StorageView = z.infer<typeof StorageView>;
