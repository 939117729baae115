import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient, type LandfallClient } from "@landfall/client/create-client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PluginOptions } from "../builds/plugin-options.ts";
import { clientBench, usualEnvironment } from "../src/client-bench.ts";
import { type ProgramResult, projectNode, repositoryRoot, runProgram, scratchDirectory } from "../src/run-program.ts";
import { type ScratchRepository, scratchRepository } from "../src/scratch-repository.ts";
import { buildShop, hasBrowser, openBrowser, serveShop, SHOP_HISTORY, shopSource, throwInShop, type Thrown } from "../src/shop.ts";

const BUILDS = ["vite 11", "webpack 11", "esbuild 5", "rollup 5"] as const;

const LANDFALL = join(repositoryRoot, "apps", "cli", "src", "main.ts");

/** The source positions of the calls of the error, innermost first. */
const CALLS = [placeOf("prices.js", "new Error("), placeOf("checkout.js", "priceOf(item)"), placeOf("main.js", "totalOf(cart)")];

if (!hasBrowser) console.warn("traces.browser.test.ts is skipped: install Chromium, or set LANDFALL_CHROMIUM to its path");

describe.skipIf(!hasBrowser)("an error of the minified shop is resolved", () => {
  const bench = clientBench();
  let browser: Browser;
  let repository: ScratchRepository;
  let client: LandfallClient;
  beforeAll(async () => {
    browser = await openBrowser();
    repository = await scratchRepository(SHOP_HISTORY);
    client = createClient({ url: bench.server.url, token: bench.server.token });
  });
  afterAll(async () => {
    await browser.close();
    await repository[Symbol.asyncDispose]();
  });

  test.each(BUILDS)("by the debug ids of the plugin of %s", { timeout: 60_000 }, async (build) => {
    const thrown = await throwFrom(build, { release: { name: `ids@${build}` } });
    expect(Object.keys(thrown.debugIds)).toHaveLength(new Set(scriptsOf(thrown)).size);
    await expectSources({ stack: thrown.stack, debugIds: thrown.debugIds });
  });

  test.each(BUILDS)("without debug ids, as pasted, with the upload of the plugin of %s", { timeout: 60_000 }, async (build) => {
    const version = `pasted@${build}`;
    const thrown = await throwFrom(build, { release: { name: version } });
    await expectSources({ stack: thrown.stack, release: version });
    const frames = await framesOf({ stack: thrown.stack, release: version });
    // The plugins upload scripts under names made of their debug ids.
    expect(frames[0]).toMatchObject({ match: { by: "reference", file: expect.stringMatching(/^~\/[0-9a-f-]{36}-\d\.js$/) } });
    const shown = await resolveInTerminal(thrown.stack, version);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    for (const { context } of CALLS) expect(shown.stdout).toContain(context.line.trim());
    expect(shown.stdout).toContain("✓ Matched by its sourceMappingURL: ");
  });

  test.each(BUILDS)("by release and URL, with the upload of the plugin of %s", { timeout: 60_000 }, async (build) => {
    // From 11 on, names are appended to the prefix without a slash.
    const uploadLegacySourcemaps = { paths: ["dist/assets"], urlPrefix: "~/assets/" };
    const version = `addresses@${build}`;
    const thrown = await throwFrom(build, { sourcemaps: { disable: true }, release: { name: version, uploadLegacySourcemaps } });
    await expectSources({ stack: thrown.stack, release: version });
    const shown = await resolveInTerminal(thrown.stack, version);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    for (const { context } of CALLS) expect(shown.stdout).toContain(context.line.trim());
    const [first] = await framesOf({ stack: thrown.stack, release: `${version}.1` });
    expect(first).toMatchObject({ original: null, miss: { reason: "release-unknown" } });
  });

  /** Builds the shop, serves it, and makes it throw an error. */
  async function throwFrom(build: (typeof BUILDS)[number], more: Pick<PluginOptions, "release" | "sourcemaps">): Promise<Thrown> {
    const { url, ciToken: authToken } = bench.server;
    const options = { org: "acme", project: "web", authToken, url, telemetry: false, ...more };
    expect(await buildShop(build, options, { cwd: repository.path })).toMatchObject({ code: 0 });
    await using shop = await serveShop(repository.path);
    const thrown = await throwInShop(browser, shop.url);
    expect(thrown.stack).toMatch(/^Error: nobody has set a price for honey\n( +at .+ \(http:.+:\d+:\d+\)\n?){3}$/);
    return thrown;
  }

  async function framesOf(event: { stack: string; debugIds?: Readonly<Record<string, string>>; release?: string }) {
    const { lines } = await client.artifacts.resolveStack.query({ organization: "acme", project: "web", ...event });
    return lines.flatMap(({ frame }) => frame ?? []);
  }

  /** Runs `landfall sourcemaps resolve` with a trace in a file. */
  async function resolveInTerminal(stack: string, version: string): Promise<ProgramResult> {
    await using folder = await scratchDirectory("trace");
    const trace = join(folder.path, "trace.txt");
    await writeFile(trace, stack);
    const args = [LANDFALL, "sourcemaps", "resolve", trace, "-p", "web", "--release", version];
    // Without this `await`, the trace would be deleted before it is read.
    return await runProgram("landfall", [projectNode(), ...args], { env: usualEnvironment(bench.server), cwd: folder.path });
  }

  async function expectSources(event: Parameters<typeof framesOf>[0]): Promise<void> {
    const frames = await framesOf(event);
    expect(frames.map(({ original, miss }) => ({ ...original, miss }))).toMatchObject(CALLS);
    expect(frames.at(-1)).toMatchObject({ original: { name: "totalOf" } });
  }
});

const scriptsOf = ({ stack }: Thrown): string[] => stack.match(/http:[^ ]+\.js/g) ?? [];

/** Returns the expected position of a call whose expression begins with `text` in a source. */
function placeOf(name: string, text: string) {
  const lines = shopSource(name).split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  const line = lines[index] ?? "";
  return {
    source: expect.stringMatching(new RegExp(`(^|/)${name.replace(".", "\\.")}$`)),
    line: index + 1,
    // Minifiers omit `new` before `Error`, and may map the whole expression to the position of the name.
    column: expect.toBeOneOf([line.indexOf(text) + 1, line.indexOf(text.replace("new ", "")) + 1]),
    // Minifiers map the names of variables, but not of module properties.
    name: expect.toBeOneOf([null, /^(?:new )?(\w+)/.exec(text)?.[1]]),
    context: { line, before: lines.slice(Math.max(0, index - 5), index), lineStart: 0 },
    miss: null,
  };
}
