import type * as z from "zod";
import { body } from "../fields/body.ts";
import { dateTime } from "../fields/date-time.ts";
import { environmentName } from "../fields/environment-name.ts";
import { list } from "../fields/list.ts";
import { projectReference } from "../fields/project-reference.ts";
import { text } from "../fields/text.ts";
import { url } from "../fields/url.ts";
import { MAX_PROJECTS } from "./release.ts";

/** POST of a deploy (contract 7.1). */
export const CreateDeployInput = body({
  environment: environmentName(),
  name: text({ max: 64, blank: true }).nullish(),
  url: url({ max: 200, blank: true }).nullish(),
  dateStarted: dateTime().nullish(),
  dateFinished: dateTime().nullish(),
  projects: list(projectReference(), { empty: false, max: MAX_PROJECTS }).optional(),
});
export type CreateDeployInput = z.output<typeof CreateDeployInput>;
