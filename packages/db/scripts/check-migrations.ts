import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dialects, drizzleKit, packageFolder } from "./drizzle-kit.ts";

/**
 * Fails if the tables and the migrations differ: generates into a copy, where no file may be added. drizzle-kit prints an error
 * but exits with 0 when it would have to ask a question, so its output must contain the sentence for no changes.
 */
const unchanged = "No schema changes";

const copy = mkdtempSync(path.join(tmpdir(), "landfall-migrations-"));
try {
  for (const { dialect, schema, folder } of dialects) {
    const out = path.join(copy, dialect);
    cpSync(path.join(packageFolder, folder), out, { recursive: true });
    const before = new Set(readdirSync(out));
    const args = ["generate", `--dialect=${dialect}`, `--schema=${schema}`, `--out=${path.relative(packageFolder, out)}`];
    const { ok, output } = drizzleKit(args, { terminal: false });
    if (ok && output.includes(unchanged)) continue;
    process.exitCode = 1;
    const added = readdirSync(out).filter((name) => name.endsWith(".sql") && !before.has(name));
    const missing = added.map((name) => readFileSync(path.join(out, name), "utf8")).join("\n");
    console.error(`${folder} does not match the tables. Run \`pnpm db:generate --name <what-changed>\`. Missing:\n${missing || output}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
