import path from "node:path";
import type { Env } from "../../../env.ts";
import { settingsLines } from "./client-settings.ts";
import type { FirstRun } from "./first-start.ts";
import { VERSION } from "./version.ts";

export type BannerOptions = {
  readonly env: Pick<Env, "databaseUrl" | "dataDir" | "url">;
  /** The URL of the server on this machine. */
  readonly local: string;
  /** The secrets of the first start; null at later starts. */
  readonly firstRun: FirstRun | null;
};

/** Returns what the server prints when it is ready. Scripts wait for the last line. */
export function banner({ env, local, firstRun }: BannerOptions): string {
  const data = env.databaseUrl === null ? `${displayPath(env.dataDir)} (SQLite: one server process at a time)` : "PostgreSQL";
  const lines = [
    `Landfall ${VERSION}`,
    `  address  ${env.url ?? local}`,
    `  data     ${data}`,
    ...(firstRun === null ? [] : firstRunLines(firstRun)),
    "",
    `Landfall is ready on ${local}`,
  ];
  return `${lines.join("\n")}\n`;
}

function firstRunLines({ setupUrl, settings, file }: FirstRun): string[] {
  return [
    "",
    file === null ? "Shown this once, so keep it:" : `Shown this once, and kept in ${displayPath(file)}:`,
    "",
    "  Create your account (the link works once, within 7 days):",
    `    ${setupUrl}`,
    "",
    "  Report releases with sentry-cli:",
    ...settingsLines(settings).map((line) => `    ${line}`),
  ];
}

/** Returns a path as it can be typed in the current directory. */
function displayPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith("..") ? file : `./${relative}`;
}
