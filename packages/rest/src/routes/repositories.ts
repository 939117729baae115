import { createRepository, deleteRepository, updateRepository } from "@landfall/core/operations/repositories/create-update-delete";
import { listRepositories } from "@landfall/core/operations/repositories/list";
import { listRepositoryCommits } from "@landfall/core/operations/repositories/list-commits";
import { CommitView, RepositoryView } from "@landfall/schema/releases/commits";
import * as z from "zod";
import { paged } from "../http/answers.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const LIST = "/organizations/:organization/repos/";
const ONE = `${LIST}:repository/`;

/** Repositories that commits have named (contract 2, rows 38–40; design 9). */
export const repositoryRoutes: readonly Route[] = [
  get(LIST, {
    summary: "List an organization's repositories",
    operation: listRepositories,
    answers: { 200: z.array(RepositoryView) },
    answer: paged,
    isPaged: true,
  }),
  post(LIST, { summary: "Connect a repository: refused, no provider is installed", operation: createRepository, answers: {}, answer: ok }),
  put(ONE, { summary: "Hide or show a repository", operation: updateRepository, answers: { 200: RepositoryView }, answer: ok }),
  del(ONE, {
    summary: "Remove a repository",
    operation: deleteRepository,
    answers: { 202: RepositoryView },
    answer: (repository) => ({ status: 202, body: repository }),
  }),
  get(`${ONE}commits/`, {
    summary: "List a repository's commits",
    operation: listRepositoryCommits,
    answers: { 200: z.array(CommitView) },
    answer: paged,
    isPaged: true,
  }),
];
