import type { App } from "@landfall/core/app";
import type { Context } from "@landfall/core/context";
import { createSetupLink } from "@landfall/core/provisioning/create-setup-link";
import { provision } from "@landfall/core/provisioning/provision";
import type { Env } from "../../env.ts";
import { keepFirstRun } from "./first-run-file.ts";
import { type Settings, settingsLines } from "./settings-lines.ts";

/** What the first start made, to be shown once. */
export type FirstRun = {
  /** Opened once, it makes the first administrator. */
  readonly setupUrl: string;
  readonly settings: Settings;
  /** The file that keeps what is shown; null when it could not be written. */
  readonly file: string | null;
};

/**
 * Gives an empty database an organization, a project, a CI token and a setup link, and keeps the secrets in `first-run.txt`. Null when
 * the database has an organization already. Throws `invalid` when the environment names slugs that are none.
 */
export async function firstStart(app: App, env: Pick<Env, "organization" | "project" | "dataDir">): Promise<FirstRun | null> {
  const { read } = app.store;
  if ((await read.$count(read.tables.organizations)) > 0) return null;
  const context = await serverContext(app);
  const { organization, ciToken } = await provision(context, { organization: env.organization, projects: [env.project] });
  // Another process was faster.
  if (ciToken === null) return null;
  const { url: setupUrl } = await createSetupLink(context, { organization: organization.slug });
  const settings = { url: app.origin, organization: organization.slug, token: ciToken, project: env.project };
  const text = `${["Made at the first start of Landfall. Delete this file once its contents are in a safe place.", "", `Setup link (works once, within 7 days): ${setupUrl}`, "", ...settingsLines(settings)].join("\n")}\n`;
  return { setupUrl, settings, file: keepFirstRun(env.dataDir, text) };
}

/** The context of the server itself, for what no request may do. */
export const serverContext = (app: App): Promise<Context> => app.contextOf({ authorization: null, userAgent: null, requestId: null });
