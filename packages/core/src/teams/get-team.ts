import { NoInput } from "@landfall/schema/inputs/nothing";
import type { TeamView } from "@landfall/schema/views/organization";
import { query } from "../operation.ts";
import { atTeam } from "./at-team.ts";
import { describeTeam } from "./describe-teams.ts";
import { TEAMS_READ } from "./team-scopes.ts";

/** One team with its projects. Throws 404 when membership is closed and the caller is not in it. */
export const getTeam = query({
  scope: TEAMS_READ,
  at: atTeam,
  input: NoInput,
  run: ({ db, at: { access, team } }): Promise<TeamView> => describeTeam(db, access, team),
});
