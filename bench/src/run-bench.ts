import { cpus, loadavg, release, totalmem, type } from "node:os";
import { startLoadGenerator } from "./load/load-generator.ts";
import { measureArtifacts } from "./measure/artifacts.ts";
import { measureCommits } from "./measure/commits.ts";
import { measurePages } from "./measure/pages.ts";
import type { Plan } from "./measure/plan.ts";
import { measuredRequests } from "./measure/requests.ts";
import { measureScale } from "./measure/scale.ts";
import { measureStarts, type StartsResult } from "./measure/starts.ts";
import { measureThroughput } from "./measure/throughput.ts";
import { verifyServers } from "./measure/verify-servers.ts";
import { measureWriters } from "./measure/writers.ts";
import type { Part } from "./options.ts";
import type { Machine, Report } from "./report/report.ts";
import { loadSmallHistory } from "./seed/small-history.ts";
import { type DataDirectory, provisionDirectory } from "./servers/data-directory.ts";
import { startBaseline, startLandfall } from "./servers/start-servers.ts";

type Log = (text: string) => void;

/** Small histories are in the first one. */
const PROJECTS = ["web", "api", "ios", "android", "worker", "billing", "search", "mail", "docs", "admin"];

/** Runs the selected parts one after another. @throws if a part fails, or if the responses of the baseline differ. */
export async function runBench(plan: Plan, parts: readonly Part[], onProgress: Log): Promise<Report> {
  const isSelected = (part: Part) => parts.includes(part);
  const about =
    (part: Part): Log =>
    (text) =>
      onProgress(`${part}: ${text}`);
  const on = machine(new Date());
  const empty = await provisionDirectory({ projects: PROJECTS });
  const small = empty.copy();
  loadSmallHistory(small);
  try {
    return {
      machine: on,
      plan,
      throughput: isSelected("throughput") ? await throughput(small, plan, about("throughput")) : undefined,
      scale: isSelected("scale") ? await measureScale({ plan, empty, onProgress: about("scale") }) : undefined,
      commits: isSelected("commits") ? await measureCommits(empty, plan.commits, about("commits")) : undefined,
      writers: isSelected("writers") ? await writers(plan, about("writers")) : undefined,
      pages: isSelected("pages") ? await measurePages(plan, about("pages")) : undefined,
      artifacts: isSelected("artifacts") ? await measureArtifacts(empty, plan.artifacts, about("artifacts")) : undefined,
      starts: isSelected("starts") ? await starts(small, plan, about("starts")) : undefined,
    };
  } finally {
    small.remove();
    empty.remove();
  }
}

async function throughput(data: DataDirectory, plan: Plan, onProgress: Log): Promise<NonNullable<Report["throughput"]>> {
  const requests = measuredRequests(data);
  onProgress("comparing responses");
  const unequal = await verifyServers(data, requests);
  const copies = [data.copy(), data.copy(), data.copy()] as const;
  const generator = startLoadGenerator();
  const [landfall, baseline, grouped] = await Promise.all([
    startLandfall(copies[0]),
    startBaseline(copies[1]),
    startBaseline(copies[2], { grouped: true }),
  ]);
  try {
    const before = landfall.memory();
    const results = await measureThroughput({
      servers: { landfall, baseline, grouped },
      generator,
      requests,
      plan: plan.throughput,
      onProgress,
    });
    return { results, unequal, memory: { before, after: landfall.memory() } };
  } finally {
    generator.close();
    await Promise.all([landfall.stop(), baseline.stop(), grouped.stop()]);
    for (const copy of copies) copy.remove();
  }
}

function writers(plan: Plan, onProgress: Log) {
  onProgress(`${plan.writers.writers} writers`);
  return measureWriters(plan.writers);
}

function starts(data: DataDirectory, plan: Plan, onProgress: Log): Promise<StartsResult> {
  onProgress("starting servers");
  return measureStarts(data, plan.starts);
}

/** Describes the machine. */
function machine(now: Date): Machine {
  const processors = cpus();
  return {
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? "unknown"}`,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    date: now.toISOString(),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
