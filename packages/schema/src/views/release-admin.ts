import * as z from "zod";
import { ProjectBriefView } from "./brief.ts";

/** The versions whose state was changed, and those that were in it before. */
export const ChangedStatusView = z.object({ changed: z.array(z.string()), unchanged: z.array(z.string()) });
export type ChangedStatusView = z.infer<typeof ChangedStatusView>;

/** What deleting a release takes with it. Commits and repositories stay; `commits` are the release's links to them. */
export const DeletionPreviewView = z.object({
  projects: z.array(ProjectBriefView),
  commits: z.number().int(),
  deploys: z.number().int(),
  /** Where the release is what was deployed last, and in which projects (slugs). */
  environments: z.array(z.object({ name: z.string(), projects: z.array(z.string()) })),
  /** Whether somebody wrote notes about it. */
  notes: z.boolean(),
  canDelete: z.boolean(),
  /** Why the caller cannot delete it, as a sentence; null when they can. */
  reason: z.string().nullable(),
});
export type DeletionPreviewView = z.infer<typeof DeletionPreviewView>;
