import * as z from "zod";
import { queryFlag, pageParams, queryTexts } from "./query.ts";

/** Query of a release's deploys (contract 7.2). `all` is ours: every deploy, not only the newest of each project and environment. */
export const ListDeploysInput = z.object({
  project: z.union([queryTexts(), z.number().transform((id) => [String(id)])]).optional(),
  projectSlug: queryTexts().optional(),
  all: queryFlag().optional(),
  ...pageParams,
});
