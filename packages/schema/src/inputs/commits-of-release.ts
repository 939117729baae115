import * as z from "zod";
import { body } from "../fields/body.ts";
import { commitList } from "./commit.ts";
import { pageParams, queryText } from "./query.ts";

/** Query of a release's commits. */
export const ListCommitsInput = z.object({ ...pageParams });

/** The same, of one repository: by its external id or its name (contract 6.2, 6.3). */
export const ListRepositoryCommitsOfReleaseInput = z.object({ repo_id: queryText().optional(), repo_name: queryText().optional(), ...pageParams });
export type RepositoryFilter = { readonly repo_id?: string | undefined; readonly repo_name?: string | undefined };

/** Query of a project's commits: the beginning of a sha (contract 2, row 34). */
export const ListProjectCommitsInput = z.object({ query: queryText().optional(), ...pageParams });

/** Commits to be stored ahead of a release that names them. */
export const ReportCommitsInput = body({ commits: commitList(5000) });
