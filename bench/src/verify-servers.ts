import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Answer, difference } from "./compare-answers.ts";
import { compareStatements, type Difference } from "./compare-statements.ts";
import { numberAt, numbered, type RequestPlan } from "./load/request-plan.ts";
import type { MeasuredRequest } from "./requests.ts";
import type { DataDirectory } from "./servers/data-directory.ts";
import { startBaseline, startLandfall } from "./servers/start-servers.ts";

/** A kind of request for which the baseline does other work than the application: it runs other statements. */
export type Unequal = Difference & { readonly name: string };

/** How many requests of each kind are compared. */
const COMPARED = 3;

/**
 * Sends some requests of each kind to the application and to the baseline, on copies of the same data. Throws when two answers differ
 * in more than ids and dates; answers for which kinds the statements do.
 */
export async function verifyServers(data: DataDirectory, requests: readonly MeasuredRequest[]): Promise<Unequal[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-statements-"));
  const copies = [data.copy(), data.copy()] as const;
  const recorded = [path.join(folder, "landfall"), path.join(folder, "baseline")] as const;
  const [landfall, baseline] = await Promise.all([
    startLandfall(copies[0], { recordTo: recorded[0] }),
    startBaseline(copies[1], { recordTo: recorded[1] }),
  ]);
  try {
    const unequal: Unequal[] = [];
    // What a server does of itself after its start is over by then.
    const [first] = requests;
    if (first) for (const { origin } of [landfall, baseline]) await ask(origin, first.plan, 0);
    for (const { name, plan } of requests) {
      rmSync(recorded[0], { force: true });
      rmSync(recorded[1], { force: true });
      for (let index = 0; index < COMPARED; index += 1) {
        const different = difference(await ask(landfall.origin, plan, index), await ask(baseline.origin, plan, index));
        if (different !== null) throw new Error(`${name}: the baseline does not answer as the application does: ${different}`);
      }
      const statements = compareStatements(readStatements(recorded[0]), readStatements(recorded[1]));
      if (statements !== null) unequal.push({ name, ...statements });
    }
    return unequal;
  } finally {
    await Promise.all([landfall.stop(), baseline.stop()]);
    for (const copy of copies) copy.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends one request of a plan, and throws when the status is not the one it must have. */
export async function ask(origin: string, plan: RequestPlan, index: number): Promise<Answer> {
  const { path: target, body } = numbered(plan, numberAt(plan, index));
  const headers = {
    authorization: `Bearer ${plan.token}`,
    "user-agent": "bench",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const response = await fetch(`${origin}${target}`, { method: plan.method, headers, ...(body === undefined ? {} : { body }) });
  const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  if (answer.status !== plan.status)
    throw new Error(`${plan.method} ${target} answers ${answer.status} instead of ${plan.status}: ${answer.body.slice(0, 500)}`);
  return answer;
}

function readStatements(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => String(JSON.parse(line)));
}
