import { dialects, drizzleKit } from "./drizzle-kit.ts";

/** Generates the next migration of both dialects: `pnpm generate --name add-teams`, with `--custom` for an empty one to write by hand. */
for (const { dialect, schema, folder } of dialects) {
  const args = ["generate", `--dialect=${dialect}`, `--schema=${schema}`, `--out=./${folder}`, ...process.argv.slice(2)];
  if (!drizzleKit(args, { terminal: true }).ok) process.exit(1);
}
