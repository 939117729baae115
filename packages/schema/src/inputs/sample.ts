import type * as z from "zod";
import { body } from "../fields/body.ts";
import { emailAddress } from "../fields/email-address.ts";
import { integer } from "../fields/integer.ts";
import { slug } from "../fields/slug.ts";
import { text } from "../fields/text.ts";

/** An organization to be made up. The same values make the same one within the same hour. */
export const MakeSampleInput = body({
  organization: slug(),
  name: text({ max: 64 }),
  email: emailAddress().optional().describe("The owner's, who is made when nobody has it."),
  seed: text({ max: 200 }).describe("Another one makes another history."),
  releases: integer({ min: 0, max: 20_000 }),
  people: integer({ min: 1, max: 500 }).describe("Programs among them."),
  projects: integer({ min: 1, max: 6 }),
  days: integer({ min: 1, max: 3650 }).describe("How long the history is."),
});
export type MakeSampleInput = z.output<typeof MakeSampleInput>;
