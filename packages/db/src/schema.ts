import type { Kit } from "./kit.sqlite.ts";
import { defineArtifacts } from "./tables/artifacts.ts";
import { defineCommits } from "./tables/commits.ts";
import { defineDeploys } from "./tables/deploys.ts";
import { defineNotes } from "./tables/notes.ts";
import { defineOrganizations } from "./tables/people.ts";
import { defineProjects } from "./tables/projects.ts";
import { defineActivity } from "./tables/records.ts";
import { defineReleases } from "./tables/releases.ts";
import { defineRetention } from "./tables/retention.ts";
import { defineSessions } from "./tables/sessions.ts";
import { defineStorage } from "./tables/storage.ts";
import { defineTokens } from "./tables/tokens.ts";

/** Every table, in the words of one dialect. The two dialects' migrations are generated from it. */
export function defineSchema(k: Kit) {
  const people = defineOrganizations(k);
  const projects = defineProjects(k, people);
  const sessions = defineSessions(k, people);
  const tokens = defineTokens(k, people, projects);
  const commits = defineCommits(k, people);
  const releases = defineReleases(k, people, projects, commits);
  const deploys = defineDeploys(k, people, projects, releases);
  const records = defineActivity(k, people, projects);
  const notes = defineNotes(k, people, releases);
  const artifacts = defineArtifacts(k, people, projects, releases);
  const retention = defineRetention(k, people, projects);
  const storage = defineStorage(k);
  return {
    ...people,
    ...sessions,
    ...projects,
    ...tokens,
    ...commits,
    ...releases,
    ...deploys,
    ...records,
    ...notes,
    ...artifacts,
    ...retention,
    ...storage,
  };
}

export type Schema = ReturnType<typeof defineSchema>;
