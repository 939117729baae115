import * as z from "zod";
import { body } from "../fields/body.ts";
import { commitList } from "./commit.ts";
import { pageParams, term } from "./query.ts";

/** Query of a release's commits. */
export const ListCommitsInput = z.object({ ...pageParams });

/** The same, of one repository: by its external id or its name (contract 6.2, 6.3). */
export const ListRepositoryCommitsOfReleaseInput = z.object({ repo_id: term().optional(), repo_name: term().optional(), ...pageParams });
export type RepositoryFilter = { readonly repo_id?: string | undefined; readonly repo_name?: string | undefined };

/** Query of a project's commits: the beginning of a sha (contract 2, row 34). */
export const ListProjectCommitsInput = z.object({ query: term().optional(), ...pageParams });

/** Commits to be stored ahead of a release that names them. */
export const ReportCommitsInput = body({ commits: commitList(5000) });
