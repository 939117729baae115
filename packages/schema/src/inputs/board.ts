import * as z from "zod";
import { pageParams, term, terms } from "./query.ts";

/** Projects by slug or id: one or several. */
const projects = () => z.union([terms(), z.number().transform((id) => [String(id)])]).optional();

/** The board: all projects within reach unless some are named; `environment` names the columns, in this order. */
export const GetBoardInput = z.object({ project: projects(), environment: terms().optional(), ...pageParams });
export type GetBoardInput = z.output<typeof GetBoardInput>;

/** The history of one environment, of all projects within reach unless some are named. */
export const ListEnvironmentDeploysInput = z.object({ environment: term(), project: projects(), ...pageParams });
export type ListEnvironmentDeploysInput = z.output<typeof ListEnvironmentDeploysInput>;
