import type { ClientOptions } from "@landfall/client/connection";
import { createClient, type LandfallClient } from "@landfall/client/create-client";
import manifest from "../../package.json" with { type: "json" };
import type { Settings } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";
import type { Runtime } from "../system/runtime.ts";
import { throwAllMissing } from "./arguments.ts";
import { paintFor, printableText, type Progress, progressBar } from "../terminal/output.ts";

/** A write that a dry run did not send. */
export type PlannedCall = { readonly call: string; readonly input: unknown };

/** Passed to every command. Commands return their result; they only write messages and progress. */
export interface Context {
  readonly runtime: Runtime;
  readonly settings: Settings;
  /** Calls the server. @throws CliError on access if no server or no token is configured. */
  readonly client: LandfallClient;
  /** The connection options, for calls outside tRPC. Throws as `client` does. */
  readonly server: ClientOptions;
  readonly isDryRun: boolean;
  /** The writes that a dry run did not send, in order. */
  readonly planned: readonly PlannedCall[];
  readonly warnings: readonly string[];
  /** Sends a write. In a dry run, records it in `planned` and returns undefined. All changes must use this. */
  write<I, O>(call: string, input: I, send: (input: I) => Promise<O>): Promise<O | undefined>;
  /** Writes a message to stderr, unless `--quiet`. */
  info(message: string): void;
  /** Writes a warning to stderr, unless `--quiet`, and adds it to `warnings`. */
  warn(message: string): void;
  /** Returns a progress bar. */
  progress(label: string): Progress;
}

export type ContextOptions = {
  readonly runtime: Runtime;
  readonly settings: Settings;
  readonly isDryRun?: boolean;
  readonly isQuiet?: boolean;
};

/** Creates the context of one run. */
export function createContext({ runtime, settings, isDryRun = false, isQuiet = false }: ContextOptions): Context {
  const paint = paintFor(runtime.stderr, runtime);
  const planned: PlannedCall[] = [];
  const warnings: string[] = [];
  let client: LandfallClient | undefined;
  const info = (message: string) => {
    if (!isQuiet) runtime.stderr.write(`${printableText(message)}\n`);
  };
  const context: Context = {
    runtime,
    settings,
    isDryRun,
    planned,
    warnings,
    get client() {
      client ??= createClient(serverOf(runtime, settings));
      return client;
    },
    get server() {
      return serverOf(runtime, settings);
    },
    async write(call, input, send) {
      if (!isDryRun) return send(input);
      planned.push({ call, input });
      return undefined;
    },
    info,
    warn(message) {
      warnings.push(message);
      if (!isQuiet) runtime.stderr.write(`${paint.yellow("warning:")} ${printableText(message)}\n`);
    },
    progress: (label) => progressBar(runtime.stderr, label, !isQuiet),
  };
  for (const warning of settings.warnings) context.warn(warning);
  return context;
}

function serverOf({ env, fetch }: Runtime, settings: Settings): ClientOptions {
  const { url, token } = settings;
  if (!url || !token) throwAllMissing(settings);
  if (!url) {
    throw new CliError("input", "No server configured.", "Set SENTRY_URL or LANDFALL_URL, use --server, or run `landfall login`.");
  }
  if (!token) {
    throw new CliError(
      "auth",
      `No token configured for ${url.value}.`,
      "Set SENTRY_AUTH_TOKEN or LANDFALL_TOKEN, use --token, or run `landfall login`.",
    );
  }
  const pipeline = env["SENTRY_PIPELINE"]?.replace(/[^\x20-\x7e]/g, "").trim();
  const userAgent = `landfall-cli/${VERSION}${pipeline ? ` ${pipeline}` : ""}`;
  return { url: url.value, token: token.value, fetch, userAgent };
}

/** The version of the program. */
export const VERSION: string = manifest.version;
