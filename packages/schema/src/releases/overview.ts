import * as z from "zod";
import { DeployBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { body } from "../fields/composites.ts";
import { oneOf, text } from "../fields/text.ts";

/** What needs attention: releases without commits, releases without deploys, tokens that expire soon. */
export const ATTENTION_KINDS = ["commits", "deploys", "tokens"] as const;

export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** What to dismiss, or to show again: a kind, and the slug or id of its project; none for tokens. */
const attentionItem = {
  kind: oneOf(ATTENTION_KINDS, { invalid: (kind) => `"${kind}" is not a valid choice.` }),
  project: text({ max: 100 }).nullish().describe("The slug or id of the project; none for tokens."),
};

/** The most releases of a project that a dismissal includes: as many as are read. */
const MAX_SEEN = 1000;

/** What to dismiss, and the ids that were shown. It is shown again as soon as there are others. */
export const DismissAttentionInput = body({
  ...attentionItem,
  ids: z.array(z.string().max(20)).max(MAX_SEEN).describe("The ids that the overview returned with it."),
});

/** A dismissed item to show again. */
export const RestoreAttentionInput = body(attentionItem);

/** A count with a limit; `isCapped` if the limit was reached and there may be more. */
const cappedCount = z.object({ count: z.number().int(), isCapped: z.boolean() });

/** Whether the caller dismissed an item, and the ids that `overview.dismiss` takes. */
const dismissible = { ids: z.array(z.string()), isDismissed: z.boolean() };

/** The releases of a project that lack something: their number among the scanned newest ones, and the first five of them. */
const lacking = z.array(cappedCount.extend({ project: ProjectBriefView, items: z.array(ReleaseBriefView), ...dismissible }));

/** The content of the home page. */
export const OverviewView = z.object({
  /** The last finished deploys of projects within reach. */
  deploys: z.array(DeployBriefView.extend({ version: z.string(), projects: z.array(ProjectBriefView) })),
  /** The releases created in the last 24 hours, the newest first. */
  releases: cappedCount.extend({ items: z.array(ReleaseBriefView) }),
  attention: z.object({
    /** Open releases of the last 30 days without a commit, by project, at most 50 projects. */
    withoutCommits: lacking,
    /**
     * Open releases created and finalized at least seven days ago, and created in the last 90 days, that were never deployed, by
     * project, at most 50 projects.
     */
    neverDeployed: lacking,
    /** Tokens that expire within 14 days: the caller's, and organization tokens if the caller may see them. */
    expiringTokens: z.object({
      items: z.array(z.object({ id: z.string(), kind: z.enum(["user", "organization"]), name: z.string(), dateExpires: z.iso.datetime() })),
      ...dismissible,
    }),
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
