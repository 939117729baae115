import type * as z from "zod";
import { body } from "../fields/body.ts";
import { dateTime } from "../fields/date-time.ts";
import { projectReference } from "../fields/project-reference.ts";
import { text } from "../fields/text.ts";
import { url } from "../fields/url.ts";

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
