import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { FULL, QUICK } from "./measure/plan.ts";
import { readOptions, USAGE } from "./options.ts";
import { budgets } from "./report/budgets.ts";
import { printedReport } from "./report/print-report.ts";
import { runBench } from "./run-bench.ts";

/* `npm run bench`: measures the application and a baseline server, and checks the performance budgets. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.wantsHelp) {
    process.stdout.write(USAGE);
    return 0;
  }
  const started = performance.now();
  const onProgress = (text: string) => process.stderr.write(`${Math.round((performance.now() - started) / 1000)} s · ${text}\n`);
  const report = await runBench(options.isQuick ? QUICK : FULL, options.parts, onProgress);
  const budgetResults = budgets(report);
  const json = `${JSON.stringify({ ...report, budgets: budgetResults }, null, 2)}\n`;
  if (options.json === "-") process.stdout.write(json);
  else {
    const file = path.resolve(options.json ?? fileURLToPath(new URL("../results/latest.json", import.meta.url)));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, json);
    process.stdout.write(`\n${printedReport(report, budgetResults)}\nResults as JSON: ${file}\n`);
  }
  return options.checks && budgetResults.some(({ isMet }) => !isMet) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
