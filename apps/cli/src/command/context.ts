import type { ClientOptions } from "@landfall/client/connection";
import { createClient, type LandfallClient } from "@landfall/client/create-client";
import manifest from "../../package.json" with { type: "json" };
import type { Settings } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";
import type { World } from "../system/world.ts";
import { paintFor, printableText, type Progress, progressBar } from "../terminal/output.ts";

/** A write a dry run left out. */
export type PlannedCall = { readonly call: string; readonly input: unknown };

/** What a command works with. It prints nothing itself: it answers data, and says things on the way. */
export interface Context {
  readonly world: World;
  readonly settings: Settings;
  /** Calls the server. Throws a CliError when no server or token is known. */
  readonly client: LandfallClient;
  /** The server as the client has it, for what is not called over tRPC. Throws as `client` does. */
  readonly server: ClientOptions;
  readonly isDryRun: boolean;
  /** What a dry run would have sent, in order. */
  readonly planned: readonly PlannedCall[];
  readonly warnings: readonly string[];
  /** Sends a write, or in a dry run notes it and answers undefined. Every change goes through here. */
  write<I, O>(call: string, input: I, send: (input: I) => Promise<O>): Promise<O | undefined>;
  /** A message for people, on stderr; not with `--quiet`. */
  say(message: string): void;
  /** A message that something is odd, on stderr; kept for `--json`. */
  warn(message: string): void;
  /** A bar for long work. */
  progress(label: string): Progress;
}

export type ContextOptions = {
  readonly world: World;
  readonly settings: Settings;
  readonly isDryRun?: boolean;
  readonly isQuiet?: boolean;
};

/** The context of one command line. */
export function createContext({ world, settings, isDryRun = false, isQuiet = false }: ContextOptions): Context {
  const paint = paintFor(world.stderr, world);
  const planned: PlannedCall[] = [];
  const warnings: string[] = [];
  let client: LandfallClient | undefined;
  const say = (message: string) => {
    if (!isQuiet) world.stderr.write(`${printableText(message)}\n`);
  };
  const context: Context = {
    world,
    settings,
    isDryRun,
    planned,
    warnings,
    get client() {
      client ??= createClient(serverOf(world, settings));
      return client;
    },
    get server() {
      return serverOf(world, settings);
    },
    async write(call, input, send) {
      if (!isDryRun) return send(input);
      planned.push({ call, input });
      return undefined;
    },
    say,
    warn(message) {
      warnings.push(message);
      if (!isQuiet) world.stderr.write(`${paint.yellow("warning:")} ${printableText(message)}\n`);
    },
    progress: (label) => progressBar(world.stderr, label, !isQuiet),
  };
  for (const warning of settings.warnings) context.warn(warning);
  return context;
}

function serverOf({ env, fetch }: World, { url, token }: Settings): ClientOptions {
  if (!url) {
    throw new CliError(
      "input",
      "No server is known.",
      "Say which with --server or LANDFALL_URL (SENTRY_URL does too), or run `landfall login`.",
    );
  }
  if (!token) {
    throw new CliError(
      "auth",
      `No token for ${url.value} is known.`,
      "Set LANDFALL_TOKEN (SENTRY_AUTH_TOKEN does too), give --token, or run `landfall login`.",
    );
  }
  const pipeline = env["SENTRY_PIPELINE"]?.replace(/[^\x20-\x7e]/g, "").trim();
  const userAgent = `landfall-cli/${VERSION}${pipeline ? ` ${pipeline}` : ""}`;
  return { url: url.value, token: token.value, fetch, userAgent };
}

/** The program's version. */
export const VERSION: string = manifest.version;
