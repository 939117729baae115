import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, run, say } from "./run-command.mjs";

const report = path.join(root, "test-results", "vitest.json");

/** Left to itself vitest keeps one core free, which on two is half the machine. Projects do not take this from the root's settings. */
const EVERY_CORE = "--maxWorkers=100%";

/** Turbo calls pnpm, which is on the path only below itself. */
const STEPS = [
  { name: "Types", command: "npx --yes pnpm@12.21.0 exec turbo run typecheck --output-logs=errors-only", quiet: true },
  { name: "Lint", command: "oxlint --type-aware", quiet: true },
  { name: "Layers", command: "depcruise --config .dependency-cruiser.mjs packages apps/web/src apps/cli/src bench/src", quiet: true },
  { name: "Unused code", command: "knip", quiet: true },
  { name: "Format", command: "oxfmt --check", quiet: true },
  { name: "Documents", command: "node scripts/check-docs.mjs", quiet: true },
  { name: "Tests", command: `vitest run ${EVERY_CORE} --reporter=default --reporter=json --outputFile.json=${JSON.stringify(report)}` },
];

await ensureInstalled("everything");
await ensureBuilt("web", "cli");
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });
const failed = [];
for (const { name, command, quiet } of STEPS) {
  say(`${name} …`);
  if ((await run(command, { quiet })) !== 0) failed.push(name);
}
if (failed.length > 0) say(`Failed: ${failed.join(", ")}.`);
process.exitCode = failed.length > 0 ? 1 : 0;
process.stdout.write(`${counts()}\n`);

/** The closing line. A step that failed without a failed test counts as one: the line must not look like success. */
function counts() {
  const { passed, wrong, skipped } = readReport();
  return `${passed} passed, ${Math.max(wrong, failed.length > 0 ? 1 : 0)} failed, ${skipped} skipped`;
}

function readReport() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, wrong: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, wrong: 1, skipped: 0 };
  }
}
