import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { report, root, run } from "./run-command.mjs";

const reportFile = path.join(root, "test-results", "vitest.json");

/** By default, vitest leaves one core unused, which is half of a machine with two. Projects do not inherit this from the root config. */
const EVERY_CORE = "--maxWorkers=100%";

/** Turbo runs pnpm, which is in the PATH only within `pnpm exec`. */
const STEPS = [
  { name: "Types", command: "npx --yes pnpm@12.21.0 exec turbo run typecheck --output-logs=errors-only", quiet: true },
  { name: "Lint", command: "oxlint --type-aware", quiet: true },
  { name: "Layers", command: "depcruise --config .dependency-cruiser.mjs packages apps/web/src apps/cli/src bench/src", quiet: true },
  { name: "Unused code", command: "knip", quiet: true },
  { name: "Format", command: "oxfmt --check", quiet: true },
  { name: "Documents", command: "node scripts/check-docs.mjs", quiet: true },
  { name: "Tests", command: `vitest run ${EVERY_CORE} --reporter=default --reporter=json --outputFile.json=${JSON.stringify(reportFile)}` },
];

await ensureInstalled("everything");
await ensureBuilt("web", "server", "cli");
mkdirSync(path.dirname(reportFile), { recursive: true });
rmSync(reportFile, { force: true });
const failed = [];
for (const { name, command, quiet } of STEPS) {
  report(`${name} …`);
  if ((await run(command, { quiet })) !== 0) failed.push(name);
}
if (failed.length > 0) report(`Failed: ${failed.join(", ")}.`);
process.exitCode = failed.length > 0 ? 1 : 0;
process.stdout.write(`${counts()}\n`);

/** Returns the last line. A failed step without a failed test counts as one failure, so that the line does not look like success. */
function counts() {
  const { passed, failures, skipped } = readReport();
  return `${passed} passed, ${Math.max(failures, failed.length > 0 ? 1 : 0)} failed, ${skipped} skipped`;
}

function readReport() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(reportFile, "utf8"));
    return { passed: numPassedTests, failures: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failures: 1, skipped: 0 };
  }
}
