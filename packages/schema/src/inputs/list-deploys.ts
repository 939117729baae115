import * as z from "zod";
import { flag, pageParams, terms } from "./query.ts";

/** Query of a release's deploys (contract 7.2). `all` is ours: every deploy, not only the newest of each project and environment. */
export const ListDeploysInput = z.object({
  project: z.union([terms(), z.number().transform((id) => [String(id)])]).optional(),
  projectSlug: terms().optional(),
  all: flag().optional(),
  ...pageParams,
});
