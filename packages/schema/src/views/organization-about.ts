import * as z from "zod";

/** What pages know of the organization they show: which buttons to offer to whom. */
export const OrganizationAboutView = z.object({
  slug: z.string(),
  name: z.string(),
  /** Whether all of it was made up to show what the pages look like; only such an organization can be deleted. */
  isSample: z.boolean(),
  /** The caller's role; null for tokens of the organization itself. */
  role: z.string().nullable(),
  /** The caller's scopes here. */
  scopes: z.array(z.string()),
  /** All there are, within the caller's reach or not. */
  counts: z.object({ projects: z.number().int(), members: z.number().int() }),
  dateCreated: z.iso.datetime(),
});
export type OrganizationAboutView = z.infer<typeof OrganizationAboutView>;
