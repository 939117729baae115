import type { RequestPlan } from "../load/request-plan.ts";
import type { Spread } from "../load/statistics.ts";
import { largeSearches, loadLargeHistory } from "../seed/large-history.ts";
import type { ChildServer, Memory } from "../servers/child-server.ts";
import type { DataDirectory } from "../servers/data-directory.ts";
import { startLandfall } from "../servers/start-servers.ts";
import type { Plan } from "./plan.ts";
import { timesInTurn } from "./times-in-turn.ts";

/** The time of one list at each size, in milliseconds. */
export type ScaleRow = { readonly name: string; readonly times: readonly Spread[] };

export type ScaleResult = {
  readonly sizes: readonly number[];
  readonly rows: readonly ScaleRow[];
  /** Memory of each size's server after the first page, before any search. */
  readonly memory: readonly Memory[];
};

export type ScaleOptions = {
  readonly plan: Pick<Plan, "sizes" | "scale">;
  /** A directory with projects and no releases; it is copied. */
  readonly empty: DataDirectory;
  readonly onProgress: (text: string) => void;
};

/** Reads the same lists from databases of different sizes, one request to each alternately, over one connection each. */
export async function measureScale({ plan: { sizes, scale }, empty, onProgress }: ScaleOptions): Promise<ScaleResult> {
  const places: { data: DataDirectory; server: ChildServer; size: number }[] = [];
  try {
    for (const size of sizes) {
      onProgress(`storing ${size.toLocaleString("en-US")} releases`);
      const data = empty.copy();
      loadLargeHistory(data, size);
      places.push({ data, size, server: await startLandfall(data) });
    }
    const rows: ScaleRow[] = [];
    let memory: Memory[] = [];
    for (const { name, search } of largeSearches) {
      onProgress(name);
      rows.push({
        name,
        times: await timesInTurn(
          places.map(({ data, server, size }) => {
            const plan = listPlan(data, search(size));
            return { port: server.port, planOf: () => plan };
          }),
          scale,
        ),
      });
      if (memory.length === 0) memory = places.map(({ server }) => server.memory());
    }
    return { sizes, rows, memory };
  } finally {
    await Promise.all(places.map(({ server }) => server.stop()));
    for (const { data } of places) data.remove();
  }
}

const listPlan = ({ organization, token }: DataDirectory, search: string): RequestPlan => ({
  method: "GET",
  path: `/api/0/organizations/${organization}/releases/?${search}`,
  token,
  first: 0,
  status: 200,
});
