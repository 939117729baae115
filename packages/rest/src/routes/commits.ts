import { listProjectCommits } from "@landfall/core/operations/commits/list-in-project";
import { listCommitFiles, listProjectReleaseCommits, listReleaseCommits } from "@landfall/core/operations/commits/list-in-release";
import { listReleaseRepositories } from "@landfall/core/operations/repositories/list";
import { CommitFileView, CommitView, RepositoryView } from "@landfall/schema/releases/commits";
import * as z from "zod";
import { paged } from "../http/answers.ts";
import { get, ok, type Route } from "../http/route.ts";

const commits = { answers: { 200: z.array(CommitView) }, answer: paged, isPaged: true };

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
    answers: { 200: z.array(CommitFileView) },
    answer: paged,
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
    answers: { 200: z.array(RepositoryView) },
    answer: ok,
  }),
  get("/projects/:organization/:project/commits/", { summary: "List a project's commits", operation: listProjectCommits, ...commits }),
];
