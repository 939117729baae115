import { NoInput } from "@landfall/schema/inputs/nothing";
import { atProjectRelease } from "../access/at-project-release.ts";
import { query } from "../operation.ts";

/** As `listResolvedIssues`, through one of the release's projects (contract 6.6). */
export const listProjectResolvedIssues = query({
  scope: ["project:read", "project:write", "project:admin"],
  at: atProjectRelease,
  input: NoInput,
  run: () => Promise.resolve([]),
});
