import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { App } from "@landfall/core/kernel/app";
import { isAppError } from "@landfall/core/kernel/app-error";
import { provision } from "@landfall/core/operations/setup/provision";
import { createSetupLink } from "@landfall/core/operations/setup/setup-link";
import { createOrgToken, listOrgTokens, revokeOrgToken } from "@landfall/core/operations/tokens/org-tokens";
import { and, asc, eq } from "drizzle-orm";
import type { Env } from "../../../env.ts";
import { type Settings, settingsLines } from "./client-settings.ts";
import { serverContext, systemContext } from "./server-context.ts";

/** What the first start created, to be shown once. */
export type FirstRun = {
  /** The setup link, which creates the first owner and works once. */
  readonly setupUrl: string;
  readonly settings: Settings;
  /** The file with the same text; null if it could not be written. */
  readonly file: string | null;
};

const NAME = "first_start";

/** Milliseconds after which a first start that another server on the same PostgreSQL began counts as abandoned. */
const ABANDONED_AFTER = 120_000;

/**
 * Creates an organization, a project, a CI token and a setup link in an empty database, and writes the secrets to `first-run.txt`. Does it
 * again with new secrets if an earlier first start was killed before `firstStartShown`. Returns null in a database that is in use. Throws
 * `invalid` if the environment has an invalid slug.
 */
export async function firstStart(app: App, env: Pick<Env, "organization" | "project" | "dataDir">): Promise<FirstRun | null> {
  const begun = await begin(app);
  if (begun === null) return null;
  const context = await serverContext(app);
  const created = await provision(context, { organization: begun.organization ?? env.organization, projects: [env.project] }).catch(
    async (error: unknown) => {
      // Nothing was created, so the next start begins again, perhaps with other slugs.
      if (isAppError(error)) await completeFirstStart(app);
      throw error;
    },
  );
  const organization = created.organization.slug;
  const token = created.ciToken ?? (await replaceTokens(app, organization));
  const { url: setupUrl } = await createSetupLink(context, { organization });
  const settings = { url: app.origin, organization, token, project: env.project };
  const text = `${["Made at the first start of Landfall. Delete this file once its contents are in a safe place.", "", `Setup link (works once, within 7 days): ${setupUrl}`, "", ...settingsLines(settings)].join("\n")}\n`;
  return { setupUrl, settings, file: writeFirstRunFile(env.dataDir, text, { replaces: begun.isAgain }) };
}

/** Records that the operator has seen what the first start created. */
export async function completeFirstStart({ store }: App): Promise<void> {
  await store.transaction((tx) => tx.delete(tx.tables.unfinishedWork).where(eq(tx.tables.unfinishedWork.name, NAME)));
}

type Begun = { readonly isAgain: boolean; readonly organization: string | null };

/** Records that the first start begins or is repeated. Returns null if there is nothing to do or another server does it. */
async function begin({ store, now }: App): Promise<Begun | null> {
  return store.transaction(async (tx) => {
    const { unfinishedWork, organizations } = tx.tables;
    const [row] = await tx.select().from(unfinishedWork).where(eq(unfinishedWork.name, NAME));
    const [organization] = await tx.select({ slug: organizations.slug }).from(organizations).orderBy(asc(organizations.id)).limit(1);
    const begun = { name: NAME, dateBegun: now() };
    if (!row) {
      if (organization) return null;
      const created = await tx.insert(unfinishedWork).values(begun).onConflictDoNothing().returning();
      return created.length > 0 ? { isAgain: false, organization: null } : null;
    }
    // Only one process can serve a SQLite file, so the process that began has ended.
    const isAbandoned = store.dialect === "sqlite" || Math.abs(begun.dateBegun.getTime() - row.dateBegun.getTime()) >= ABANDONED_AFTER;
    if (!isAbandoned) return null;
    const claimed = await tx
      .update(unfinishedWork)
      .set(begun)
      .where(and(eq(unfinishedWork.name, NAME), eq(unfinishedWork.dateBegun, row.dateBegun)))
      .returning();
    return claimed.length > 0 ? { isAgain: true, organization: organization?.slug ?? null } : null;
  });
}

/** Revokes the CI tokens that were created but never shown. Returns a new one. */
async function replaceTokens(app: App, organization: string): Promise<string> {
  const context = await systemContext(app);
  const { items } = await listOrgTokens(context, { organization });
  for (const { id } of items) await revokeOrgToken.call(context, { organization, token: id }, () => ({}));
  return (await createOrgToken(context, { organization, name: "CI", dateExpires: null })).token;
}

/**
 * Writes `first-run.txt` in the data directory atomically, readable only by its owner. Returns its path; null if it cannot be written,
 * or if it exists and `replaces` is false.
 */
function writeFirstRunFile(dataDir: string, text: string, { replaces = false }: { readonly replaces?: boolean } = {}): string | null {
  const file = firstRunFile(dataDir);
  const unfinished = `${file}.unfinished`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
    const descriptor = openSync(unfinished, "wx", 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (existsSync(file) && !replaces) return null;
    renameSync(unfinished, file);
    return file;
  } catch {
    return null;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** The file with the secrets of the first start. */
export const firstRunFile = (dataDir: string): string => path.join(dataDir, "first-run.txt");

/** Returns the secret of the setup link in `first-run.txt`; null if the file was deleted or cannot be read. */
export async function readSetupSecret(dataDir: string): Promise<string | null> {
  const text = await readFile(firstRunFile(dataDir), "utf8").catch(() => "");
  return /\/setup\/([0-9a-f]{64})$/m.exec(text)?.[1] ?? null;
}
