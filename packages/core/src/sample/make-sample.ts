import { and, eq } from "drizzle-orm";
import type { Context } from "../context.ts";
import { deleteOrganization } from "../organizations/delete-organization.ts";
import { SYSTEM } from "../provisioning/system-actor.ts";
import { type Founded, foundOrganization, type SampleOwner } from "./found-organization.ts";
import type { History } from "./history.ts";
import { type HistoryOptions, planHistory } from "./plan-history.ts";
import { playHistory } from "./play-history.ts";
import { type SampleTokens, setUpOrganization } from "./set-up-organization.ts";

export type MakeSampleOptions = Omit<HistoryOptions, "now"> & {
  /** The organization's name. */
  readonly name: string;
  readonly owner: SampleOwner;
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
};

export type MadeSample = {
  readonly organization: { readonly id: number; readonly slug: string };
  readonly projects: readonly string[];
  /** How many there are of each. */
  readonly counts: { readonly releases: number; readonly commits: number; readonly deploys: number; readonly people: number };
  /** A token with which programs may report releases. */
  readonly ciToken: string;
};

/**
 * Makes an organization with the history of some weeks, marked as a sample. Everything of it was made by the operations that make it in
 * earnest, so it is what real clients would have left. Not an operation: it takes hundreds of transactions, where one has a single one,
 * so whoever calls it sees to who may. Throws `conflict` when the slug is taken; when anything else fails, nothing of it stays but people
 * in no organization.
 */
export async function makeSample(context: Context, { name, owner, onProgress, ...options }: MakeSampleOptions): Promise<MadeSample> {
  const history = planHistory({ ...options, now: context.now() });
  // Nobody looks on yet, and nothing of it happens now.
  const then: Context = { ...context, onChange: undefined };
  const founded = await foundOrganization(then, history, name, owner);
  try {
    const tokens = await setUpOrganization(then, history, founded);
    await playHistory(then, history, { founded, ciTokenId: tokens.ci.id, onProgress });
    await finish(then, history, founded, tokens);
    return describe(history, founded, tokens);
  } catch (error) {
    await deleteOrganization({ ...then, actor: SYSTEM }, { organization: options.organization });
    throw error;
  }
}

/** What no client says: the addresses of repositories, and when the token was last used. */
async function finish({ store }: Context, { projects, steps }: History, { organization }: Founded, { ci }: SampleTokens): Promise<void> {
  const lastUse = steps.findLast(({ by }) => by === "ci");
  await store.transaction(async (tx) => {
    const { repositories, tokens } = tx.tables;
    for (const { repository, url } of projects) {
      const named = and(eq(repositories.organizationId, organization.id), eq(repositories.name, repository));
      await tx.update(repositories).set({ url }).where(named);
    }
    if (lastUse) await tx.update(tokens).set({ dateLastUsed: lastUse.at, lastUsedClient: "sentry-cli/3.8.0" }).where(eq(tokens.id, ci.id));
  });
}

function describe({ projects, people, steps }: History, { organization }: Founded, { ci }: SampleTokens): MadeSample {
  const releases = steps.filter((step) => step.kind === "release");
  return {
    organization: { id: organization.id, slug: organization.slug },
    projects: projects.map(({ slug }) => slug),
    counts: {
      releases: releases.length,
      commits: releases.reduce((sum, { commits }) => sum + commits.length, 0),
      deploys: steps.filter((step) => step.kind === "deploy").length,
      people: people.length,
    },
    ciToken: ci.text,
  };
}
