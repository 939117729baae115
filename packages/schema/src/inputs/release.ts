import type * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { dateTime } from "../fields/date-time.ts";
import { list } from "../fields/list.ts";
import { projectReference } from "../fields/project-reference.ts";
import { releaseVersion } from "../fields/release-version.ts";
import { text } from "../fields/text.ts";
import { url } from "../fields/url.ts";
import { commitList, headLists } from "./commit.ts";

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
