import { createRepository, deleteRepository, updateRepository } from "@landfall/core/operations/repositories/create-update-delete";
import { listRepositories } from "@landfall/core/operations/repositories/list";
import { listRepositoryCommits } from "@landfall/core/operations/repositories/list-commits";
import { CommitView, RepositoryView } from "@landfall/schema/releases/commits";
import * as z from "zod";
import { paged } from "../http/responses.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const LIST = "/organizations/:organization/repos/";
const ONE = `${LIST}:repository/`;

/** Repositories that commits have named (contract 2, rows 38–40; design 9). */
export const repositoryRoutes: readonly Route[] = [
  get(LIST, {
    summary: "List an organization's repositories",
    operation: listRepositories,
    responses: { 200: z.array(RepositoryView) },
    respond: paged,
    isPaged: true,
  }),
  post(LIST, {
    summary: "Connect a repository: refused, no provider is installed",
    operation: createRepository,
    responses: {},
    respond: ok,
  }),
  put(ONE, { summary: "Hide or show a repository", operation: updateRepository, responses: { 200: RepositoryView }, respond: ok }),
  del(ONE, {
    summary: "Remove a repository",
    operation: deleteRepository,
    responses: { 202: RepositoryView },
    respond: (repository) => ({ status: 202, body: repository }),
  }),
  get(`${ONE}commits/`, {
    summary: "List a repository's commits",
    operation: listRepositoryCommits,
    responses: { 200: z.array(CommitView) },
    respond: paged,
    isPaged: true,
  }),
];
