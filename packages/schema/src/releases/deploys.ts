import * as z from "zod";
import { body, list } from "../fields/composites.ts";
import { dateTime } from "../fields/dates.ts";
import { environmentName, projectReference } from "../fields/names.ts";
import { pageParams, queryFlag, queryTexts } from "../fields/query.ts";
import { text } from "../fields/text.ts";
import { url } from "../fields/url.ts";
import { MAX_PROJECTS } from "./change-release.ts";

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

/** Query of a release's deploys (contract 7.2). `all` is ours: every deploy, not only the newest of each project and environment. */
export const ListDeploysInput = z.object({
  project: z.union([queryTexts(), z.number().transform((id) => [String(id)])]).optional(),
  projectSlug: queryTexts().optional(),
  all: queryFlag().optional(),
  ...pageParams,
});

/** A deploy of a release to an environment (contract 12.4). */
export const DeployView = z
  .object({
    id: z.string(),
    environment: z.string(),
    dateStarted: z.iso.datetime().nullable(),
    dateFinished: z.iso.datetime(),
    name: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: "Deploy" });

export type DeployView = z.infer<typeof DeployView>;
