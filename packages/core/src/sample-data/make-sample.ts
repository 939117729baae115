import { MakeSampleInput } from "@landfall/schema/organizations/setup";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import type { Context } from "../kernel/context.ts";
import { parseInput } from "../kernel/input.ts";
import { purgeOrganization } from "../operations/organizations/remove.ts";
import type { History } from "./history.ts";
import { planHistory } from "./plan-history.ts";
import { replayHistory } from "./replay-history.ts";
import { createSampleOrganization, type SampleOrganization, type SampleTokens, setUpOrganization } from "./set-up-organization.ts";
import { uploadBuilds } from "./upload-builds.ts";

export type MakeSampleOptions = {
  /** The id of the owner; without it, a new user becomes the owner. */
  readonly ownerId?: number;
  /** Whether a sample with this slug is deleted first. */
  readonly replaces?: boolean;
  /** Called with the number of steps that are done, and of all steps. */
  readonly onProgress?: (done: number, all: number) => void;
};

export type SampleResult = {
  readonly organization: { readonly id: number; readonly slug: string };
  readonly projects: readonly string[];
  readonly counts: { readonly releases: number; readonly commits: number; readonly deploys: number; readonly people: number };
  /** An organization token with the scope for CI. */
  readonly ciToken: string;
};

/**
 * Creates an organization with the history of some weeks, marked as a sample. Everything is created with the same operations that real clients
 * use. This is not an operation, because it takes hundreds of transactions; callers must check permissions. If it fails, only users without an
 * organization remain.
 *
 * @throws `invalid` per field; `conflict` if the slug is taken.
 */
export async function makeSample(
  context: Context,
  options: z.input<typeof MakeSampleInput>,
  { ownerId, replaces = false, onProgress }: MakeSampleOptions = {},
): Promise<SampleResult> {
  const { name, email = `admin@${options.organization}.example`, ...input } = parseInput(MakeSampleInput, options);
  const history = planHistory({ ...input, now: context.now() });
  // No page shows the organization yet, so live updates are not needed.
  const silent: Context = { ...context, onChange: undefined };
  const owner = ownerId === undefined ? { email: email.toLowerCase(), name: "Admin" } : { userId: ownerId };
  if (replaces) await deleteSample(silent, input.organization);
  const sample = await createSampleOrganization(silent, history, name, owner);
  try {
    const tokens = await setUpOrganization(silent, history, sample);
    const replay = { sample, ciTokenId: tokens.ci.id, onProgress };
    await replayHistory(silent, history, replay);
    await uploadBuilds(silent, history, replay);
    await finish(silent, history, sample, tokens);
    return describeSample(history, sample, tokens);
  } catch (error) {
    await deleteSample(silent, input.organization);
    throw error;
  }
}

/** Deletes a sample organization if it exists. Throws `conflict` if the organization with this slug is not a sample. */
async function deleteSample(context: Context, slug: string): Promise<void> {
  const { read } = context.store;
  const { organizations } = read.tables;
  const [organization] = await read.select().from(organizations).where(eq(organizations.slug, slug));
  if (organization) await purgeOrganization(context, organization);
}

/** Sets what clients do not send: the URLs of repositories, the last use of the token, and when the sample was complete. */
async function finish(
  { store, now }: Context,
  { projects, steps }: History,
  { organization }: SampleOrganization,
  { ci }: SampleTokens,
): Promise<void> {
  const lastUse = steps.findLast(({ by }) => by === "ci");
  await store.transaction(async (tx) => {
    const { organizations, repositories, tokens } = tx.tables;
    await tx.update(organizations).set({ dateSampled: now() }).where(eq(organizations.id, organization.id));
    for (const { repository, url } of projects) {
      const isRepository = and(eq(repositories.organizationId, organization.id), eq(repositories.name, repository));
      await tx.update(repositories).set({ url }).where(isRepository);
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

/** The sample that users can create to see pages with data. */
const SAMPLE = { seed: "sample", organization: "sample", name: "Sample data", projects: 3, releases: 60, people: 14, days: 45 };

/**
 * Creates the organization `sample` with 60 releases, owned by the signed-in user `userId`. `organizations.delete` removes it. Like
 * `makeSample`, this is not an operation.
 *
 * @throws `conflict` if the server has one already.
 */
export const createSample = (context: Context, { userId }: { readonly userId: number }): Promise<SampleResult> =>
  makeSample(context, SAMPLE, { ownerId: userId });
