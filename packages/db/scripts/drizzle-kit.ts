import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** drizzle-kit's names of the two dialects, and the folders of their migrations. */
export const dialects = [
  { dialect: "sqlite", schema: "./src/tables/schema.sqlite.ts", folder: "migrations/sqlite" },
  { dialect: "postgresql", schema: "./src/tables/schema.postgres.ts", folder: "migrations/postgres" },
] as const;

/**
 * Runs drizzle-kit in this package. On a `terminal` it prints and may ask questions (was that column renamed?); otherwise its output is
 * returned, and a question makes it fail.
 */
export function drizzleKit(args: readonly string[], { terminal }: { terminal: boolean }): { ok: boolean; output: string } {
  const bin = fileURLToPath(new URL("../node_modules/drizzle-kit/bin.cjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: packageFolder,
    encoding: "utf8",
    stdio: terminal ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  return { ok: status === 0, output: terminal ? "" : stdout + stderr };
}
