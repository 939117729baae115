import * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { text } from "../fields/text.ts";
import { pageParams, queryText } from "./query.ts";

/** Query of an organization's repositories (contract 10.7). No status means active ones, an empty one means all. */
export const ListRepositoriesInput = z.object({
  query: queryText().optional(),
  status: queryText().default("active"),
  integration_id: queryText().optional(),
  ...pageParams,
});
export type ListRepositoriesInput = z.output<typeof ListRepositoriesInput>;

/** POST of a repository (contract 10.8). No provider is known here that could connect one. */
export const CreateRepositoryInput = body({ provider: z.unknown().optional() });

/** PUT of a repository (contract 10.9). Name and address are checked, and stay what the commits said. */
export const UpdateRepositoryInput = body({
  status: oneOf(["active", "visible", "hidden"], { invalid: (status) => `"${status}" is not a valid choice.` }).optional(),
  name: text().optional(),
  url: text({ blank: true }).nullish(),
  integrationId: z.union([z.string(), z.number()], "A valid integer is required.").nullish(),
});
export type UpdateRepositoryInput = z.output<typeof UpdateRepositoryInput>;

/** Query of a repository's commits (contract 10.10). */
export const ListRepositoryCommitsInput = z.object(pageParams);
