import type { Context } from "@landfall/core/kernel/context";
import { createTestApp, type TestApp } from "../create-test-app.ts";
import { type Callers, callers } from "./callers.ts";

/** An application with the organization "acme", whose members reach the projects of their own teams only. */
export type TwoTeams = {
  readonly bench: TestApp;
  readonly as: Callers;
  /** CI of the organization, which reaches every project. */
  readonly ci: Context;
  /** wim@acme.test, a member of the team "web". */
  readonly wim: Context;
  /** The id of the organization. */
  readonly organizationId: number;
};

type TwoTeamsOptions = {
  /** The team of each project, "web" or "api". */
  readonly projects?: Readonly<Record<string, "web" | "api">>;
  readonly nameOfWim?: string;
};

/** Creates that application: by default with one project in each team, called as the team. */
export async function openTwoTeams(
  kind: Parameters<typeof createTestApp>[0],
  { projects = { web: "web", api: "api" }, nameOfWim = "Wim" }: TwoTeamsOptions = {},
): Promise<TwoTeams> {
  const bench = await createTestApp(kind);
  const as = callers(bench.app, bench.given);
  const { id } = await bench.given.organization("acme", { openMembership: false, teams: ["web", "api"], projects });
  await bench.given.user("wim@acme.test", { name: nameOfWim, organization: "acme", teams: ["web"] });
  return { bench, as, ci: await as.ci("acme"), wim: await as.person("wim@acme.test"), organizationId: id };
}
