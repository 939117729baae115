import { listProjectCommits } from "@landfall/core/operations/commits/list-in-project";
import { listCommitFiles, listProjectReleaseCommits, listReleaseCommits } from "@landfall/core/operations/commits/list-in-release";
import { listReleaseRepositories } from "@landfall/core/operations/repositories/list";
import { CommitFileView, CommitView, RepositoryView } from "@landfall/schema/releases/commits";
import * as z from "zod";
import { paged } from "../http/responses.ts";
import { get, ok, type Route } from "../http/route.ts";

const commits = { responses: { 200: z.array(CommitView) }, respond: paged, isPaged: true };

/** Commits, their files and repositories (contract 2, rows 8, 9, 26, 27, 34). */
export const commitRoutes: readonly Route[] = [
  get("/organizations/:organization/releases/:version/commits/", {
    summary: "List the commits of a release",
    operation: listReleaseCommits,
    ...commits,
  }),
  get("/organizations/:organization/releases/:version/commitfiles/", {
    summary: "List the files a release changed",
    operation: listCommitFiles,
    responses: { 200: z.array(CommitFileView) },
    respond: paged,
    isPaged: true,
  }),
  get("/projects/:organization/:project/releases/:version/commits/", {
    summary: "List the commits of a project's release",
    operation: listProjectReleaseCommits,
    ...commits,
  }),
  get("/projects/:organization/:project/releases/:version/repositories/", {
    summary: "List the repositories a release touched",
    operation: listReleaseRepositories,
    responses: { 200: z.array(RepositoryView) },
    respond: ok,
  }),
  get("/projects/:organization/:project/commits/", { summary: "List a project's commits", operation: listProjectCommits, ...commits }),
];
