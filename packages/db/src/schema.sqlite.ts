import { sqliteKit } from "./kit.sqlite.ts";
import { defineSchema } from "./schema.ts";

export const tables = defineSchema(sqliteKit);

/** drizzle-kit reads the tables from a module's own exports; a test fails when one is missing here. */
export const {
  organizations,
  users,
  userEmails,
  members,
  teams,
  teamMembers,
  setupLinks,
  invitations,
  savedViews,
  sessions,
  identities,
  secrets,
  projects,
  projectTeams,
  environments,
  environmentProjects,
  tokens,
  repositories,
  commitAuthors,
  commits,
  commitFiles,
  releases,
  releaseProjects,
  releaseCommits,
  releaseHeads,
  deploys,
  releaseEnvironments,
  activities,
  auditLog,
  releaseNotes,
} = tables;
