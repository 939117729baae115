import type { ExplainedFrameView, ResolvedFrameView, ResolvedStackView } from "@landfall/schema/artifacts/source-maps";
import { callers } from "@landfall/testing/access/callers";
import type { BundleParts } from "@landfall/testing/artifacts/make-bundle";
import { uploadBundle } from "@landfall/testing/artifacts/upload-artifacts";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import type { Context } from "../src/kernel/context.ts";
import { createRelease } from "../src/operations/releases/create.ts";
import { explainFrame } from "../src/operations/source-maps/explain-frame.ts";
import { resolveStack } from "../src/operations/source-maps/resolve-stack.ts";

export const organization = "acme";
const project = "web";

/** An organization with the project `web` and its release 1.0, without any files. */
export type Shop = {
  readonly bench: TestApp;
  readonly ci: Context;
  readonly owner: Context;
  bundle(parts: BundleParts, about?: { readonly version?: string; readonly dist?: string }): Promise<unknown>;
  resolve(event: Omit<Parameters<typeof resolveStack>[1], "organization" | "project">): Promise<ResolvedStackView>;
  /** The one frame of a trace with one call. */
  frame(
    place: string,
    event?: { readonly release?: string; readonly dist?: string; readonly debugIds?: Record<string, string> },
  ): Promise<ResolvedFrameView>;
  explain(frame: Omit<Parameters<typeof explainFrame>[1], "organization" | "project">): Promise<ExplainedFrameView>;
  /** How many statements were read while `work` ran, with the caller it is given. */
  statements(work: (owner: Context) => Promise<unknown>): Promise<number>;
};

export async function openShop(kind: TestStoreKind = "sqlite"): Promise<Shop> {
  const bench = await createTestApp(kind);
  const { app, given } = bench;
  await given.organization(organization);
  await given.project(organization, project);
  await given.user("olga@acme.test", { organization, role: "owner" });
  const ci = await callers(app, given).ci(organization);
  const owner = await callers(app, given).person("olga@acme.test");
  await createRelease(ci, { organization, version: "1.0", projects: [project] });
  const at = { organization, project };
  const resolve: Shop["resolve"] = (event) => resolveStack(owner, { ...at, ...event });
  return {
    bench,
    ci,
    owner,
    bundle: (parts, about = {}) => uploadBundle(app, ci, { organization, projects: [project], parts, ...about }),
    resolve,
    async frame(place, event = {}) {
      const { lines } = await resolve({ stack: `Error: x\n    at pay (${place})`, ...event });
      const frame = lines[1]?.frame;
      if (!frame) throw new Error(`${place} was not taken for a call`);
      return frame;
    },
    explain: (frame) => explainFrame(owner, { ...at, ...frame }),
    async statements(work) {
      const { store, taken } = countedStore(app.store);
      await work({ ...owner, store });
      return taken();
    },
  };
}

/** A bundle with a script and its map, as sentry-cli makes them. */
export function bundleOf(
  name: string,
  { script, map, debugId }: { readonly script: string; readonly map: string | null; readonly debugId?: string | null },
  hasHeaders = true,
): BundleParts {
  const id: Record<string, string> = debugId ? { "debug-id": debugId } : {};
  const reference: Record<string, string> = hasHeaders && map !== null ? { sourcemap: `${name.split("/").at(-1)}.map` } : {};
  const path = name.replace("~", "files/_/_");
  const files = { [path]: { url: name, type: "minified_source", headers: { ...id, ...reference }, content: script } };
  if (map === null) return { files };
  return { files: { ...files, [`${path}.map`]: { url: `${name}.map`, type: "source_map", headers: id, content: map } } };
}
