import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { numberAt, numbered, type RequestPlan } from "../load/request-plan.ts";
import type { DataDirectory } from "../servers/data-directory.ts";
import { startBaseline, startLandfall } from "../servers/start-servers.ts";
import type { MeasuredRequest } from "./requests.ts";

/** A kind of request for which the baseline runs different statements than the application. */
export type Unequal = Difference & { readonly name: string };

/** How many requests of each kind are compared. */
const COMPARED = 3;

/**
 * Sends a few requests of each kind to the application and to the baseline, on copies of the same data. Returns the kinds whose statements
 * differ. @throws if two responses differ in more than ids and dates.
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
    // Waits until the background work after the start is done.
    const [first] = requests;
    if (first) for (const { origin } of [landfall, baseline]) await sendRequest(origin, first.plan, 0);
    for (const { name, plan } of requests) {
      rmSync(recorded[0], { force: true });
      rmSync(recorded[1], { force: true });
      for (let index = 0; index < COMPARED; index += 1) {
        const different = difference(await sendRequest(landfall.origin, plan, index), await sendRequest(baseline.origin, plan, index));
        if (different !== null) throw new Error(`${name}: the responses of the baseline and the application differ: ${different}`);
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

/** Sends one request of a plan. @throws for an unexpected status. */
export async function sendRequest(origin: string, plan: RequestPlan, index: number): Promise<ComparedResponse> {
  const { path: target, body } = numbered(plan, numberAt(plan, index));
  const headers = {
    authorization: `Bearer ${plan.token}`,
    "user-agent": "bench",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const response = await fetch(`${origin}${target}`, { method: plan.method, headers, body });
  const compared = { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  if (compared.status !== plan.status)
    throw new Error(`${plan.method} ${target} returned ${compared.status} instead of ${plan.status}: ${compared.body.slice(0, 500)}`);
  return compared;
}

function readStatements(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => String(JSON.parse(line)));
}

/** A response, with header names in lower case. */
export type ComparedResponse = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Headers that always differ: the time, the request id, and the length, which depends on ids and dates. */
const FREE = new Set(["date", "x-request-id", "content-length"]);

/**
 * Describes the difference of two responses to the same request; null if they are equal except for ids, dates, and the URLs of the servers.
 * Bodies are compared as text, including the order of fields.
 */
export function difference(one: ComparedResponse, other: ComparedResponse): string | null {
  if (one.status !== other.status) return `status ${one.status} against ${other.status}`;
  const names = new Set([...Object.keys(one.headers), ...Object.keys(other.headers)]);
  for (const name of names) {
    const [first, second] = [one.headers[name], other.headers[name]];
    if (first === undefined || second === undefined) return `header ${name}: ${first ?? "none"} against ${second ?? "none"}`;
    if (!FREE.has(name) && neutral(first) !== neutral(second)) return `header ${name}: ${first} against ${second}`;
  }
  return textDifference(neutral(one.body), neutral(other.body));
}

/** Replaces the parts that may differ: ids, dates, and the URL of the server. */
export function neutral(text: string): string {
  return text
    .replace(/"id":(?:\d+|"\d+")/g, '"id":…')
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z"/g, '"…date…"')
    .replace(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/g, "http://…");
}

const CONTEXT_LENGTH = 60;

function textDifference(one: string, other: string): string | null {
  if (one === other) return null;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(at - CONTEXT_LENGTH, 0), at + CONTEXT_LENGTH) || "nothing";
  return `body at ${at}: ${part(one)} against ${part(other)}`;
}

/** The statements that only one of the servers ran, in order. */
type Difference = { readonly onlyLandfall: string[]; readonly onlyBaseline: string[] };

/** Transaction statements are not compared. */
const TRANSACTION = /^(?:begin|commit|rollback|savepoint|release)\b/i;

/** Returns the statements that only one of the servers ran, in order; null if both ran the same statements equally often. */
export function compareStatements(landfall: readonly string[], baseline: readonly string[]): Difference | null {
  const onlyLandfall = without(landfall, baseline);
  const onlyBaseline = without(baseline, landfall);
  return onlyLandfall.length + onlyBaseline.length === 0 ? null : { onlyLandfall, onlyBaseline };
}

function without(statements: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return statements.filter((statement) => {
    const count = left.get(statement) ?? 0;
    left.set(statement, count - 1);
    return count <= 0 && !TRANSACTION.test(statement);
  });
}
