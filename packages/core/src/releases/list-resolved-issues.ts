import { NoInput } from "@landfall/schema/inputs/nothing";
import { ORG_READ } from "@landfall/schema/scope";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";

/** The issues this release resolves (contract 6.6). There are no issues here, so there are none. */
export const listResolvedIssues = query({ scope: ORG_READ, at: atRelease, input: NoInput, run: () => Promise.resolve([]) });
