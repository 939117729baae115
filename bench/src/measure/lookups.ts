import type { RequestPlan } from "../load/request-plan.ts";
import { indexedFile, loadIndexedFiles } from "../seed/indexed-files.ts";
import type { ChildServer } from "../servers/child-server.ts";
import type { DataDirectory } from "../servers/data-directory.ts";
import { startLandfall } from "../servers/start-servers.ts";
import type { Plan } from "./plan.ts";
import type { ScaleRow } from "./scale.ts";
import { timesInTurn } from "./times-in-turn.ts";

export type LookUpsResult = { readonly sizes: readonly number[]; readonly rows: readonly ScaleRow[] };

type LookUp = {
  readonly name: string;
  /** How the file is found; null if it is not. */
  readonly finds: "debug-id" | "index" | null;
  readonly search: (file: ReturnType<typeof indexedFile>) => Record<string, string>;
};

const SITE = "https://app.example.com";

/** The lookups at each size, each time for a different file. */
export const lookUps: readonly LookUp[] = [
  { name: "by debug id", finds: "debug-id", search: ({ debugId }) => ({ debug_id: debugId }) },
  { name: "by URL", finds: "index", search: ({ url, version }) => ({ release: version, url: url.replace("~", SITE) }) },
  {
    name: "by an unknown debug id, then by URL",
    finds: "index",
    search: ({ url, version, debugId }) => ({
      debug_id: `${debugId.slice(0, -12)}000000000000`,
      release: version,
      url: url.replace("~", SITE),
    }),
  },
  { name: "by an unknown URL", finds: null, search: ({ version }) => ({ release: version, url: `${SITE}/assets/nothing.js` }) },
];

/** The distance between consecutive files: large, and each file is used once. */
const STEP = 7919;

/** Looks up files in databases with different numbers of files, one request to each alternately. */
export async function measureLookUps(
  empty: DataDirectory,
  { plan: { sizes, times }, onProgress }: { plan: Plan["artifacts"]["lookUps"]; onProgress: (text: string) => void },
): Promise<LookUpsResult> {
  const places: { data: DataDirectory; server: ChildServer; size: number }[] = [];
  try {
    for (const size of sizes) {
      onProgress(`indexing ${size.toLocaleString("en-US")} files`);
      const data = empty.copy();
      loadIndexedFiles(data, size);
      places.push({ data, size, server: await startLandfall(data) });
    }
    const rows: ScaleRow[] = [];
    for (const { name, search } of lookUps) {
      onProgress(`looking up ${name}`);
      const targets = places.map(({ data, server, size }) => ({
        port: server.port,
        planOf: (round: number) => lookUpPlan(data, search(indexedFile((round * STEP) % size))),
      }));
      rows.push({ name, times: await timesInTurn(targets, times) });
    }
    return { sizes, rows };
  } finally {
    await Promise.all(places.map(({ server }) => server.stop()));
    for (const { data } of places) data.remove();
  }
}

/** A request that looks up a file. */
export const lookUpPlan = ({ organization, projects, token }: DataDirectory, search: Record<string, string>): RequestPlan => ({
  method: "GET",
  path: `/api/0/projects/${organization}/${projects[0]?.slug}/artifact-lookup/?${new URLSearchParams(search).toString()}`,
  token,
  first: 0,
  status: 200,
});
