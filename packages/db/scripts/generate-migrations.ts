import { dialects, drizzleKit } from "./drizzle-kit.ts";

/** Writes the next migration of both dialects: `pnpm generate --name add-teams`, with `--custom` for an empty one to fill by hand. */
for (const { dialect, schema, folder } of dialects) {
  const words = ["generate", `--dialect=${dialect}`, `--schema=${schema}`, `--out=./${folder}`, ...process.argv.slice(2)];
  if (!drizzleKit(words, { terminal: true }).ok) process.exit(1);
}
