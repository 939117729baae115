import * as z from "zod";
import { ProjectBriefView } from "../brief.ts";
import { body, list } from "../fields/composites.ts";
import { dateTime } from "../fields/dates.ts";
import { projectReference, releaseVersion } from "../fields/names.ts";
import { oneOf, text } from "../fields/text.ts";
import { url } from "../fields/url.ts";
import { commitList, headLists } from "./commits.ts";

const status = () => oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` });

const releaseFields = {
  ref: text({ max: 200, blank: true }).nullish(),
  url: url({ max: 200, blank: true }).nullish(),
  dateReleased: dateTime().nullish(),
  status: status().optional(),
  commits: commitList().optional(),
};

/** The most projects one request may name. */
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
 * What is to be told of a release from now on. What is left out stays as it is; null, and an empty text, takes it away: without a date a
 * release is not finalized. `owner`: a member's username, address or id.
 */
export const EditReleaseInput = body({
  ref: text({ max: 200, blank: true }).nullish(),
  url: url({ max: 200, blank: true }).nullish(),
  dateReleased: dateTime().nullish(),
  owner: projectReference().nullish(),
});

export type EditReleaseInput = z.output<typeof EditReleaseInput>;

/** The state many releases are to be in. */
export const ChangeStatusInput = body({
  versions: list(releaseVersion(), { empty: false, max: 500 }),
  status: oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` }),
});

export type ChangeStatusInput = z.output<typeof ChangeStatusInput>;

/** The versions whose state was changed, and those that were in it before. */
export const ChangedStatusView = z.object({ changed: z.array(z.string()), unchanged: z.array(z.string()) });

export type ChangedStatusView = z.infer<typeof ChangedStatusView>;

/** What deleting a release takes with it. Commits and repositories stay; `commits` are the release's links to them. */
export const DeletionPreviewView = z.object({
  projects: z.array(ProjectBriefView),
  commits: z.number().int(),
  deploys: z.number().int(),
  /** Where the release is what was deployed last, and in which projects (slugs). */
  environments: z.array(z.object({ name: z.string(), projects: z.array(z.string()) })),
  /** Whether somebody wrote notes about it. */
  notes: z.boolean(),
  canDelete: z.boolean(),
  /** Why the caller cannot delete it, as a sentence; null when they can. */
  reason: z.string().nullable(),
});

export type DeletionPreviewView = z.infer<typeof DeletionPreviewView>;
