import * as z from "zod";
import { dateTime } from "../fields/date-time.ts";
import { pageParams, queryText, queryTexts } from "./query.ts";

/** Projects by slug or id: one or several. */
const projects = () => z.union([queryTexts(), z.number().transform((id) => [String(id)])]).optional();

/** The board: all projects within reach unless some are named; `environment` names the columns, hidden or not, in this order. */
export const GetBoardInput = z.object({ project: projects(), environment: queryTexts().optional(), ...pageParams });
export type GetBoardInput = z.output<typeof GetBoardInput>;

/** The history of one environment, of all projects within reach unless some are named. */
export const ListEnvironmentDeploysInput = z.object({ environment: queryText(), project: projects(), ...pageParams });
export type ListEnvironmentDeploysInput = z.output<typeof ListEnvironmentDeploysInput>;

/** The last deploys of all projects within reach to all their environments, unless some are named. `from` counts, `to` does not. */
export const ListRecentDeploysInput = z.object({
  project: projects(),
  environment: queryTexts().optional(),
  from: dateTime().optional(),
  to: dateTime().optional(),
  ...pageParams,
});
export type ListRecentDeploysInput = z.output<typeof ListRecentDeploysInput>;
