import { MakeSampleInput } from "@landfall/schema/organizations/setup";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { SYSTEM_ACTOR } from "../kernel/actor.ts";
import { isAppError } from "../kernel/app-error.ts";
import type { Context } from "../kernel/context.ts";
import { parseInput } from "../kernel/input.ts";
import { deleteOrganization } from "../operations/organizations/manage.ts";
import type { History } from "./history.ts";
import { planHistory } from "./plan-history.ts";
import { replayHistory } from "./replay-history.ts";
import { createSampleOrganization, type SampleOrganization, type SampleTokens, setUpOrganization } from "./set-up-organization.ts";
import { uploadBuilds } from "./upload-builds.ts";

export type MakeSampleOptions = {
  /** The owner, where it is somebody there is. */
  readonly ownerId?: number;
  /** Whether a sample of this slug is deleted first. */
  readonly replaces?: boolean;
  /** Told how much has happened, of how much. */
  readonly onProgress?: (done: number, all: number) => void;
};

export type SampleResult = {
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
 * so whoever calls it sees to who may. Throws `invalid` per field, `conflict` when the slug is taken; when anything else fails, nothing of
 * it stays but people in no organization.
 */
export async function makeSample(
  context: Context,
  given: z.input<typeof MakeSampleInput>,
  { ownerId, replaces = false, onProgress }: MakeSampleOptions = {},
): Promise<SampleResult> {
  const { name, email = `admin@${given.organization}.example`, ...input } = parseInput(MakeSampleInput, given);
  const history = planHistory({ ...input, now: context.now() });
  // Nobody looks on yet, and nothing of it happens now.
  const then: Context = { ...context, onChange: undefined };
  const owner = ownerId === undefined ? { email: email.toLowerCase(), name: "Admin" } : { userId: ownerId };
  if (replaces) await deleteSample(then, input.organization);
  const founded = await createSampleOrganization(then, history, name, owner);
  try {
    const tokens = await setUpOrganization(then, history, founded);
    const play = { founded, ciTokenId: tokens.ci.id, onProgress };
    await replayHistory(then, history, play);
    await uploadBuilds(then, history, play);
    await finish(then, history, founded, tokens);
    return describeSample(history, founded, tokens);
  } catch (error) {
    await deleteSample(then, input.organization);
    throw error;
  }
}

/** Deletes a sample, where there is one. Throws `conflict` when what has this slug is none. */
async function deleteSample(context: Context, organization: string): Promise<void> {
  try {
    await deleteOrganization({ ...context, actor: SYSTEM_ACTOR }, { organization });
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
  }
}

/** What no client says: the addresses of repositories, and when the token was last used. */
async function finish(
  { store }: Context,
  { projects, steps }: History,
  { organization }: SampleOrganization,
  { ci }: SampleTokens,
): Promise<void> {
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

function describeSample({ projects, people, steps }: History, { organization }: SampleOrganization, { ci }: SampleTokens): SampleResult {
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

/** What everybody may look round in, to see what the pages look like with something in them. */
const SAMPLE = { seed: "sample", organization: "sample", name: "Sample data", projects: 3, releases: 60, people: 14, days: 45 };

/**
 * Makes the organization `sample` with 60 made-up releases, owned by the caller, whom it must be about: a person who is signed in. One
 * per server. `organizations.delete` takes it away. Throws `conflict` when there is one. As `makeSample`, not an operation.
 */
export const createSample = (context: Context, { userId }: { readonly userId: number }): Promise<SampleResult> =>
  makeSample(context, SAMPLE, { ownerId: userId });
