import * as z from "zod";
import { body } from "../fields/body.ts";
import { environmentName } from "../fields/environment-name.ts";
import { integer } from "../fields/integer.ts";
import { list } from "../fields/list.ts";
import { pageParams, queryTexts } from "./query.ts";

/** A rule for how long a project keeps artifacts: each part is a reason to keep some; what is absent or null is none. */
const rule = {
  keepLast: integer({ min: 1, max: 1000 }).nullish().describe("Of so many of the project's last releases that have artifacts."),
  keepDays: integer({ min: 1, max: 3650 }).nullish().describe("For so many days after the upload."),
  environments: list(environmentName(), { max: 20 })
    .optional()
    .describe("Whatever was ever deployed to one of these environments. Only together with one of the others."),
};

/** The rule a project is to have; without any part it keeps everything. */
export const SetRetentionInput = body(rule);
export type SetRetentionInput = z.output<typeof SetRetentionInput>;

/** What would go by this rule; by the project's own when no part is given. */
export const PreviewRetentionInput = body({ ...rule, ...pageParams });

/** Query of what was removed, of all projects within reach unless some are named. */
export const ListRetentionRunsInput = z.object({ project: queryTexts().optional(), ...pageParams });

/** Query of what artifacts take up. */
export const GetStorageInput = z.object({ ...pageParams });
