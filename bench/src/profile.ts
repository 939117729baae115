import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type CpuProfile, hotSpots } from "./hot-spots.ts";
import { startLoadGenerator } from "./load/load-generator.ts";
import { measuredUploads } from "./measure/plan.ts";
import { measuredRequests } from "./measure/requests.ts";
import { table } from "./report/table.ts";
import { loadSmallHistory } from "./seed/small-history.ts";
import { provisionDirectory } from "./servers/data-directory.ts";
import { startBaseline, startLandfall } from "./servers/start-servers.ts";

/*
 * `node bench/src/profile.ts "REST create (201)"`: loads the application with one of the measured requests and prints the functions in
 * which it spent its time; with --baseline, those of the baseline.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "5" },
    top: { type: "string", default: "40" },
    baseline: { type: "boolean", default: false },
  },
});

const data = await provisionDirectory();
loadSmallHistory(data);
const target = `/api/0/organizations/${data.organization}/chunk-upload/`;

const uploads = measuredUploads.map(({ name, connections, ...upload }) => ({
  name,
  connections,
  plan: { method: "POST", path: target, upload, token: data.token, first: 0, status: 200 } as const,
}));

const requests = [...measuredRequests(data).map((request) => ({ ...request, connections: 16 })), ...uploads];
const request = requests.find(({ name }) => name === positionals[0]);
if (!request) throw new Error(`Pass the name of a request: ${requests.map(({ name }) => `"${name}"`).join(", ")}`);

const folder = mkdtempSync(path.join(tmpdir(), "landfall-profile-"));
const started = performance.now();

const server = values.baseline
  ? await startBaseline(data, { grouped: true, profileTo: folder })
  : await startLandfall(data, { profileTo: folder });

const generator = startLoadGenerator();
const order = { port: server.port, connections: request.connections };
const warm = await generator.run({ ...order, plan: request.plan, seconds: 1 });
const first = request.plan.first + (!("count" in request.plan) ? warm.requests : 0);
const from = (performance.now() - started) * 1000;
const { perSecond } = await generator.run({ ...order, plan: { ...request.plan, first }, seconds: Number(values.seconds) });
generator.close();
await server.stop();

const [file = ""] = readdirSync(folder);
const profile: CpuProfile = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
rmSync(folder, { recursive: true });
console.log(`${request.name}: ${Math.round(perSecond)} requests per second\n`);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

for (const by of ["self", "total"] as const) {
  const spots = hotSpots(profile, { by, from }).slice(0, Number(values.top));
  console.log(
    `${table(
      ["function", "self", "total"],
      spots.map(({ name, place, self, total }) => [`${name}  ${place}`, percent(self), percent(total)]),
    )}\n`,
  );
}
