import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Command } from "commander";
import { OperatorError } from "./operator-error.ts";
import { VERSION } from "./version.ts";

type Variables = Readonly<Record<string, string | undefined>>;

type Options = {
  readonly port?: string;
  readonly host?: string;
  readonly dataDir?: string;
  readonly url?: string;
  readonly envFile?: string;
};

/**
 * Returns `env` with the variables that the command line of the server sets. Options take precedence over `env`, which takes precedence over
 * the file of `--env-file`. Prints the help or the error of a wrong command line and ends the process, as commander does.
 * @throws `OperatorError` if the file cannot be read
 */
export function applyServeOptions(argv: readonly string[], env: Variables): Variables {
  const { port, host, dataDir, url, envFile } = parse(argv);
  const options = { PORT: port, HOST: host, LANDFALL_DATA_DIR: dataDir, LANDFALL_URL: url };
  return { ...(envFile === undefined ? {} : readEnvFile(envFile)), ...withoutUnset(env), ...withoutUnset(options) };
}

function parse(argv: readonly string[]): Options {
  return new Command("landfall serve")
    .description("Starts a Landfall server. All settings are environment variables; the options set the most common ones.")
    .option("--port <number>", "the port; 0 selects a free one (PORT, default 3000)")
    .option("--host <address>", "the address to listen on (HOST, default all addresses)")
    .option("--data-dir <folder>", "the folder of the database and the artifacts (LANDFALL_DATA_DIR, default ./data)")
    .option("--url <url>", "the public URL of the server (LANDFALL_URL)")
    .option("--env-file <file>", "a file of NAME=value lines; variables of the environment take precedence")
    .allowExcessArguments(false)
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .parse(argv, { from: "user" })
    .opts<Options>();
}

function readEnvFile(file: string): Variables {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    throw new OperatorError(`--env-file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Empty variables count as unset. */
const withoutUnset = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
