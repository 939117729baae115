import * as z from "zod";
import { DeployBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";

/** A count with a limit; `isCapped` if the limit was reached and there may be more. */
const cappedCount = z.object({ count: z.number().int(), isCapped: z.boolean() });

/** Releases without some property: their number among the scanned newest ones, and the first of them. */
const lacking = cappedCount.extend({ items: z.array(ReleaseBriefView) });

/** The content of the home page. */
export const OverviewView = z.object({
  /** The last finished deploys of projects within reach. */
  deploys: z.array(DeployBriefView.extend({ version: z.string(), projects: z.array(ProjectBriefView) })),
  /** The releases created in the last 24 hours, the newest first. */
  releases: cappedCount.extend({ items: z.array(ReleaseBriefView) }),
  attention: z.object({
    /** Open releases of the last 30 days without a commit. */
    withoutCommits: lacking,
    /** Open releases created and finalized at least seven days ago, and created in the last 90 days, that were never deployed. */
    neverDeployed: lacking,
    /** Tokens that expire within 14 days: the caller's, and organization tokens if the caller may see them. */
    expiringTokens: z.array(
      z.object({ id: z.string(), kind: z.enum(["user", "organization"]), name: z.string(), dateExpires: z.iso.datetime() }),
    ),
  }),
  /** The last twelve whole weeks, the oldest first, including the current one. */
  weeks: z.array(
    z.object({
      /** Monday, midnight UTC. */
      start: z.iso.datetime(),
      /** Releases by date created, including archived ones; null if there are more than are counted. */
      releases: z.number().int().nullable(),
      /** Finished deploys; null if there are more than are counted. */
      deploys: z.number().int().nullable(),
    }),
  ),
  counts: z.object({
    projects: z.number().int(),
    /** Environments with deploys that the projects do not hide. */
    environments: z.number().int(),
    /** Open releases. */
    releases: cappedCount,
    /** Deploys finished in the last seven days. */
    deploys: cappedCount,
  }),
});

export type OverviewView = z.infer<typeof OverviewView>;
