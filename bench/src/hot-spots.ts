/** The used fields of a V8 CPU profile. */
export type CpuProfile = {
  readonly nodes: readonly ProfileNode[];
  /** The node of each sample, and the microseconds since the previous sample. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

type ProfileNode = {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
};

/** A function with its self time and total time, as shares of the busy time from 0 to 1. */
export type HotSpot = { readonly name: string; readonly place: string; readonly self: number; readonly total: number };

const IDLE = new Set(["(idle)", "(program)"]);

export type HotSpotOptions = {
  readonly by: "self" | "total";
  /** How many microseconds at the beginning to skip, while the process was starting. */
  readonly from?: number;
};

/** Returns the functions of a profile, sorted by `by`, without idle time. */
export function hotSpots({ nodes, samples, timeDeltas }: CpuProfile, { by, from = 0 }: HotSpotOptions): HotSpot[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const spots = new Map<string, { name: string; place: string; self: number; total: number }>();
  let busy = 0;
  let passed = 0;
  for (const [index, id] of samples.entries()) {
    const leaf = byId.get(id);
    const time = timeDeltas[index] ?? 0;
    passed += time;
    if (passed <= from || !leaf || IDLE.has(leaf.callFrame.functionName)) continue;
    busy += time;
    const seen = new Set<string>();
    for (let node: ProfileNode | undefined = leaf; node; node = byId.get(parents.get(node.id) ?? -1)) {
      const name = node.callFrame.functionName || "(anonymous)";
      const place = placeOf(node);
      const key = `${name} ${place}`;
      const spot = spots.get(key) ?? { name, place, self: 0, total: 0 };
      spots.set(key, spot);
      if (node === leaf) spot.self += time;
      if (!seen.has(key)) spot.total += time;
      seen.add(key);
    }
  }
  const shares = [...spots.values()].map((spot) => ({ ...spot, self: spot.self / busy, total: spot.total / busy }));
  return shares.toSorted((a, b) => b[by] - a[by]);
}

/** Returns file and line, with the path relative to the repository or the package. */
function placeOf({ callFrame: { url, lineNumber } }: ProfileNode): string {
  if (url === "") return "";
  const file = url
    .replace(/^file:\/\//, "")
    .replace(/^.*\/node_modules\//, "")
    .replace(/^.*\/(?=(?:packages|apps|bench)\/)/, "");
  return `${file}:${lineNumber + 1}`;
}
