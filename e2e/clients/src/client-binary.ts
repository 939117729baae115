import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type ProgramOptions, type ProgramResult, projectNode, repositoryRoot, runProgram } from "./run-program.ts";

/** The pinned releases of the Rust `sentry-cli`, by the short name the scenarios use. */
export const RUST_CLIENTS = ["3.8", "3.6", "3.0", "2.58", "2.25", "2.22"] as const;

/** A pinned release client: a Rust `sentry-cli` by version, or `new`, the TypeScript `sentry` command. */
export type ClientName = (typeof RUST_CLIENTS)[number] | "new";

/** The expected output of `--version`: the exact version in `package.json`. */
export const PRINTED_VERSION: Record<ClientName, string> = {
  "3.8": "sentry-cli 3.8.0",
  "3.6": "sentry-cli 3.6.0",
  "3.0": "sentry-cli 3.0.2",
  "2.58": "sentry-cli 2.58.6",
  // Published as 1.77.2 and prints it, but built from the 2.25 code: it tests 2.25, not 1.x.
  "2.25": "sentry-cli 1.77.2",
  "2.22": "sentry-cli 2.22.3",
  new: "0.49.0",
};

/** An executable and the arguments that come before a client's own. */
export type ClientBinary = { readonly file: string; readonly leading: readonly string[] };

const fromHere = createRequire(import.meta.url);
const platformSuffix = process.platform === "win32" ? ".exe" : "";

/**
 * Finds the executable of a pinned client in this package's `node_modules`.
 * The Rust binaries are taken straight from their platform package, so no install script and no JavaScript wrapper runs.
 *
 * @throws if the package or the binary of this platform is not installed, with the command that installs it.
 */
export function clientBinary(client: ClientName, node: string): ClientBinary {
  if (client === "new") return { file: node, leading: [join(dirname(resolve("sentry", fromHere)), "bin.cjs")] };
  if (client === "2.25") return { file: resolve(`sentry-cli-2.25/bin/sentry-cli${platformSuffix}`, fromHere), leading: [] };
  const manifest = resolve(`sentry-cli-${client}/package.json`, fromHere);
  const platformPackage = `@sentry/cli-${platformName()}`;
  const file = resolve(`${platformPackage}/bin/sentry-cli${platformSuffix}`, createRequire(join(dirname(manifest), "package.json")));
  return { file, leading: [] };
}

/** Whether the client exists for this platform: the 2.25 binary was published only for Linux on x64. */
export function isInstalled(client: ClientName): boolean {
  return client !== "2.25" || (process.platform === "linux" && process.arch === "x64");
}

function platformName(): string {
  if (process.platform === "darwin") return "darwin";
  const arch = process.arch === "ia32" ? "i686" : process.arch;
  return `${process.platform === "win32" ? "win32" : "linux"}-${arch}`;
}

function resolve(specifier: string, require: NodeJS.Require): string {
  try {
    return require.resolve(specifier);
  } catch (cause) {
    throw new Error(`${specifier} is not installed: run "pnpm install" with optional dependencies in ${repositoryRoot}`, { cause });
  }
}

/**
 * Runs one unmodified client, like `runProgram`.
 *
 * @throws if the client does not exit within `limit` milliseconds (20 s; it is then killed) or cannot be started.
 */
export function runClient(client: ClientName, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { file, leading } = clientBinary(client, projectNode());
  return runProgram(`sentry client ${client} ${args.join(" ")}`, [file, ...leading, ...args], options);
}
