import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CliError } from "./system/errors.ts";

/** The programs of the server by command. They are in the npm package, beside this program, and read their own arguments and settings. */
export const SERVER_PROGRAMS = {
  serve: { file: "server.mjs", describe: "start a server" },
  admin: { file: "admin.mjs", describe: "administer the data of a server: accounts, tokens, backup, restore" },
} as const;

/** better-sqlite3 needs this version. */
const OLDEST_NODE = 22;

/** Whether the command line starts a program of the server: `serve --port 80`, `help admin`. */
export const isServerCommand = ([first, second]: readonly string[]): boolean => isProgram(first) || (first === "help" && isProgram(second));

const isProgram = (name: string | undefined): name is keyof typeof SERVER_PROGRAMS =>
  name !== undefined && Object.hasOwn(SERVER_PROGRAMS, name);

/**
 * Runs a program of the server in this process. Resolves when it has started, or if it does one thing, when it has ended. It sets the exit
 * code itself. `folder` contains the programs.
 * @throws CliError if this copy has no server, or if Node is too old
 */
export async function runServerProgram(argv: readonly string[], folder = new URL("../server/", import.meta.url)): Promise<void> {
  const [name, ...args] = argv[0] === "help" ? [argv[1] ?? "", "--help"] : argv;
  if (!isProgram(name)) throw new CliError("usage", `Unknown command: ${name}.`);
  const program = new URL(SERVER_PROGRAMS[name].file, folder);
  if (!existsSync(program)) {
    throw new CliError(
      "failure",
      "This copy of landfall has no server.",
      "Use the npm package (`npx landfall serve`), or a clone (`npm start`).",
    );
  }
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new CliError("failure", `The server needs Node ${OLDEST_NODE} or later; this is Node ${process.versions.node}.`);
  }
  process.argv = [process.execPath, fileURLToPath(program), ...args];
  await import(program.href);
}

/** The commands of the server in `--help`. */
export const SERVER_PROGRAMS_HELP = `Server, in the npm package:
${Object.entries(SERVER_PROGRAMS)
  .map(([name, { describe }]) => `  ${name.padEnd(11)} ${describe}`)
  .join("\n")}`;
