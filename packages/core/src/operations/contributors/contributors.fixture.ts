import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { directRows } from "@landfall/testing/rows/direct-rows";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import type { Context } from "../../kernel/context.ts";

/** An organization without open membership, whose contexts differ in what they reach. */
export type ContributorsWorld = {
  readonly bench: TestApp;
  readonly as: Callers;
  readonly organizationId: number;
  /** Reaches the projects "pump" and "valve". */
  readonly owner: Context;
  /** A member with the second address wim@home.test, who reaches "pump" only. */
  readonly wim: Context;
};

/** Opens an application with the organization "acme", and the organization "globex" with the project "only". */
export async function openContributorsWorld(kind: TestStoreKind): Promise<ContributorsWorld> {
  const acme = { organization: "acme" };
  const bench = await createTestApp(kind);
  const as = callers(bench.app, bench.given);
  const { id: organizationId } = await bench.given.organization("acme", {
    openMembership: false,
    teams: ["near", "far"],
    projects: { pump: "near", valve: "far" },
  });
  await bench.given.organization("globex", { teams: ["all"], projects: { only: "all" } });
  await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
  await bench.given.user("wim@acme.test", { ...acme, name: "Wim", teams: ["near"] });
  await directRows(bench.app.store).secondEmail("wim@acme.test", "wim@home.test");
  return { bench, as, organizationId, owner: await as.person("owner@acme.test"), wim: await as.person("wim@acme.test") };
}
