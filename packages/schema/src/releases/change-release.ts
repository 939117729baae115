import * as z from "zod";
import { ProjectBriefView } from "../brief.ts";
import type { ReleaseText } from "../constants.ts";
import { body, list } from "../fields/composites.ts";
import { dateTime } from "../fields/dates.ts";
import { projectReference, releaseVersion } from "../fields/names.ts";
import { oneOf, text } from "../fields/text.ts";
import { url } from "../fields/url.ts";
import { commitList, headLists } from "./commits.ts";

const status = () => oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` });

const releaseTexts = {
  ref: text({ max: 200, blank: true }).nullish(),
  url: url({ max: 200, blank: true }).nullish(),
} satisfies Record<ReleaseText, z.ZodType>;

const releaseFields = {
  ...releaseTexts,
  dateReleased: dateTime().nullish(),
  status: status().optional(),
  commits: commitList().optional(),
};

/** The maximum number of projects of one request. */
export const MAX_PROJECTS = 1000;

/** POST of a release for an organization (contract 3.1). */
export const CreateReleaseInput = body({
  version: releaseVersion(),
  projects: list(projectReference(), { max: MAX_PROJECTS }),
  owner: projectReference().optional(),
  ...releaseFields,
  ...headLists(),
});

export type CreateReleaseInput = z.output<typeof CreateReleaseInput>;

/** POST of a release for one project: no projects and no refs (contract 5.2). */
export const CreateProjectReleaseInput = body({ version: releaseVersion(), owner: projectReference().optional(), ...releaseFields });

/** PUT of a release (contract 4.2). An empty or null value changes nothing. */
export const UpdateReleaseInput = body({ ...releaseFields, ...headLists() });

export type UpdateReleaseInput = z.output<typeof UpdateReleaseInput>;

/** PUT of a release through one project: no refs (contract 5.3). */
export const UpdateProjectReleaseInput = body(releaseFields);

/**
 * Changes to a release. Absent fields do not change; null and empty texts remove a value. A release without a date is not finalized.
 * `owner`: a member's username, email address or id.
 */
export const EditReleaseInput = body({
  ...releaseTexts,
  dateReleased: dateTime().nullish(),
  owner: projectReference().nullish(),
});

export type EditReleaseInput = z.output<typeof EditReleaseInput>;

/** The new status of several releases. */
export const ChangeStatusInput = body({
  versions: list(releaseVersion(), { empty: false, max: 500 }),
  status: oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` }),
});

export type ChangeStatusInput = z.output<typeof ChangeStatusInput>;

/** The versions whose status changed, and those that had it before. */
export const ChangedStatusView = z.object({ changed: z.array(z.string()), unchanged: z.array(z.string()) });

export type ChangedStatusView = z.infer<typeof ChangedStatusView>;

/** What deleting a release deletes. Commits and repositories are not deleted; `commits` counts the links to them. */
export const DeletionPreviewView = z.object({
  projects: z.array(ProjectBriefView),
  commits: z.number().int(),
  deploys: z.number().int(),
  /** The environments in which the release is current, each with the slugs of the projects. */
  environments: z.array(z.object({ name: z.string(), projects: z.array(z.string()) })),
  /** Whether it has saved notes. */
  notes: z.boolean(),
  canDelete: z.boolean(),
  /** A sentence why the caller cannot delete it; null if they can. */
  reason: z.string().nullable(),
});

export type DeletionPreviewView = z.infer<typeof DeletionPreviewView>;
