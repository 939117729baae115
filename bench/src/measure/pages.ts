import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { ratio, type Spread, spread } from "../load/statistics.ts";
import { loadLargeHistory } from "../seed/large-history.ts";
import type { ChildServer, Memory } from "../servers/child-server.ts";
import { type DataDirectory, type Owner, provisionDirectory, webFile } from "../servers/data-directory.ts";
import { startLandfall } from "../servers/start-servers.ts";
import type { Plan } from "./plan.ts";

export type PagesResult = {
  /** The numbers of releases in the measured organizations. */
  readonly sizes: readonly [number, number];
  /** Milliseconds until the HTML of the releases page is complete, for each size. */
  readonly times: readonly [Spread, Spread];
  /** The ratio of the larger to the smaller, per round. */
  readonly growth: Spread;
  /** Memory of the larger one's server, idle, after all main pages were read. */
  readonly memory: Memory;
};

const OWNER: Owner = { email: "owner@acme.test", password: "measured from end to end" };
const WARM_UP = 5;

/** An idle server releases memory after ten seconds. */
const IDLE_MILLISECONDS = 11_000;

/** The pages that do not need an id. */
const SETTINGS = ["", "/projects", "/environments", "/tokens", "/members", "/teams", "/audit", "/about"].map((part) => `/settings${part}`);

const MAIN_PAGES = ["", "/releases", "/board", "/deploys", "/compare", "/search", "/people", "/projects", ...SETTINGS];

/** Reads the releases page of a small and a large organization alternately; null if the pages are not built. Reads memory `idleMilliseconds` later. */
export async function measurePages(
  { pageSizes: sizes, scale }: Pick<Plan, "pageSizes" | "scale">,
  onProgress: (text: string) => void,
  idleMilliseconds = IDLE_MILLISECONDS,
): Promise<PagesResult | null> {
  if (!existsSync(webFile(".next/BUILD_ID"))) return null;
  const empty = await provisionDirectory({ owner: OWNER });
  const places: { data: DataDirectory; server: ChildServer }[] = [];
  try {
    for (const size of sizes) {
      onProgress(`storing ${size.toLocaleString("en-US")} releases`);
      const data = empty.copy();
      loadLargeHistory(data, size);
      places.push({ data, server: await startLandfall(data, { pages: true }) });
    }
    const [small, large] = await Promise.all(places.map(({ server }) => signedIn(server.origin, OWNER)));
    if (!small || !large) throw new RangeError("expected two sizes");
    onProgress("the releases page");
    const pageOf = `/organizations/${empty.organization}`;
    const times = await alternately([() => small.time(`${pageOf}/releases`), () => large.time(`${pageOf}/releases`)], scale);
    onProgress("every main page");
    for (const page of MAIN_PAGES) await large.time(pageOf + page);
    await wait(idleMilliseconds);
    const memory = places[1]?.server.memory() ?? { resident: Number.NaN, own: Number.NaN };
    return { sizes, times: [spread(times[0]), spread(times[1])], growth: ratio(times[1], times[0]), memory };
  } finally {
    await Promise.all(places.map(({ server }) => server.stop()));
    for (const { data } of [...places, { data: empty }]) data.remove();
  }
}

type Read = () => Promise<number>;

async function alternately([first, second]: readonly [Read, Read], { rounds, milliseconds }: Plan["scale"]): Promise<[number[], number[]]> {
  for (let round = 0; round < WARM_UP; round += 1) {
    await first();
    await second();
  }
  const times: [number[], number[]] = [[], []];
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    times[0].push(await first());
    times[1].push(await second());
    if (round > 2 && performance.now() - started > milliseconds) break;
  }
  return times;
}

/** A session that is signed in to a server. */
interface SignedIn {
  /** Requests a page. Returns the milliseconds until its HTML is complete. @throws if the response is not a page. */
  time(path: string): Promise<number>;
}

/** Signs in like the sign-in page. */
async function signedIn(origin: string, owner: Owner): Promise<SignedIn> {
  const response = await fetch(`${origin}/api/auth/sign-in/password`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: origin },
    body: JSON.stringify(owner),
  });
  if (!response.ok) throw new Error(`signing in returned ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((set) => set.split(";", 1)[0])
    .join("; ");
  return {
    async time(path) {
      const started = performance.now();
      const page = await fetch(origin + path, { headers: { cookie }, redirect: "manual" });
      const html = await page.text();
      const took = performance.now() - started;
      if (page.status !== 200 || !html.includes("</html>")) throw new Error(`${path} returned ${page.status}`);
      return took;
    },
  };
}
