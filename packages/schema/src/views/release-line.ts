import * as z from "zod";
import { PersonBriefView, ProjectBriefView, ReleaseBriefView } from "./brief.ts";

/** How versions are numbered; "text" is any other name. Only "semver", "calver" and "build" of a package have an order by version. */
export const VERSION_SCHEMES = ["semver", "calver", "build", "hash", "text"] as const;
export type VersionScheme = (typeof VERSION_SCHEMES)[number];

/** A release as one line of a list. What it has many of is cut, with the whole number beside it. */
export const ReleaseLineView = ReleaseBriefView.extend({
  scheme: z.enum(VERSION_SCHEMES),
  /** Within the caller's reach, the first linked first. */
  projects: z.array(ProjectBriefView),
  projectCount: z.number().int(),
  /** Who wrote its commits: people before programs, otherwise in order of appearance. */
  people: z.array(PersonBriefView),
  peopleCount: z.number().int(),
  /**
   * Where it was deployed to, in projects within the caller's reach, the last first: when the last deploy there finished, and whether
   * nothing else was deployed there since in one of these projects.
   */
  environments: z.array(z.object({ name: z.string(), dateFinished: z.iso.datetime(), projects: z.number().int(), isCurrent: z.boolean() })),
});
export type ReleaseLineView = z.infer<typeof ReleaseLineView>;

/** How many releases there are; counting stops at 1000. */
export const ReleaseCountView = z.object({
  count: z.number().int(),
  /** There are more. */
  isCapped: z.boolean(),
});
export type ReleaseCountView = z.infer<typeof ReleaseCountView>;
