import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the monorepo, an absolute path without a trailing slash. */
export const repositoryRoot: string = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[/\\]$/, "");

const NEEDED_MAJOR = 24;

/**
 * The Node executable that runs the server and the TypeScript client.
 * It is the running one when that is new enough, otherwise the `node` package that the project pins.
 *
 * @throws when neither exists, saying what to install.
 */
export function projectNode(
  running: { version: string; execPath: string } = { version: process.versions.node, execPath: process.execPath },
): string {
  if (Number.parseInt(running.version, 10) >= NEEDED_MAJOR) return running.execPath;
  const pinned = join(repositoryRoot, "node_modules", ".bin", "node");
  if (!existsSync(pinned))
    throw new Error(`Node ${NEEDED_MAJOR} is needed, this is ${running.version}, and ${pinned} is missing: run "pnpm install"`);
  return pinned;
}
