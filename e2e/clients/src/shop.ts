import { existsSync, readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import type { BuildName } from "../builds/builds.ts";
import type { PluginOptions } from "../builds/plugin-options.ts";
import { type ProgramEnvironment, type ProgramResult, projectNode, repositoryRoot, runProgram } from "./run-program.ts";
import type { PlannedCommit } from "./scratch-repository.ts";
import { portOf } from "./start-server.ts";

const PROGRAM = join(repositoryRoot, "e2e", "clients", "builds", "build.ts");

/**
 * Rebuilds the shop in a directory into `dist/assets`, with a bundler and an unmodified plugin in a separate process.
 *
 * @throws if the build does not finish within a minute.
 */
export async function buildShop(
  build: BuildName,
  options: PluginOptions,
  { cwd, env = {} }: { readonly cwd: string; readonly env?: ProgramEnvironment },
): Promise<ProgramResult> {
  await rm(join(cwd, "dist"), { recursive: true, force: true });
  return runProgram(`the build of ${build}`, [projectNode(), PROGRAM, build, JSON.stringify(options)], { cwd, env, limit: 60_000 });
}

/** A built shop on a free port of the loopback interface. */
export interface ServedShop extends AsyncDisposable {
  /** The URL of its page, with a trailing slash. */
  readonly url: string;
}

const PAGE = `<!doctype html><title>Shop</title><p id="shown"></p><button id="pay">Pay</button><script type="module" src="/assets/main.js"></script>`;
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".map": "application/json" };

/** Serves the page of the shop with the built scripts of a directory. */
export async function serveShop(directory: string): Promise<ServedShop> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop.test");
    if (pathname === "/") return void response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    readFile(join(directory, "dist", pathname)).then(
      (bytes) => response.writeHead(200, { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** An error as reported by an SDK: its stack, and the debug ids of the scripts in it. */
export type Thrown = { readonly stack: string; readonly debugIds: Readonly<Record<string, string>> };

/** Opens the page of a shop and clicks its button. Returns the thrown error. */
export async function throwInShop(browser: Browser, url: string): Promise<Thrown> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    const thrown = page.waitForEvent("pageerror");
    await page.click("#pay");
    const { stack = "" } = await thrown;
    // Injected by the plugins: the debug id of a script, by the stack of an error created in it.
    const stacks: Record<string, string> = await page.evaluate("globalThis._sentryDebugIds ?? {}");
    return {
      stack,
      debugIds: Object.fromEntries(
        Object.entries(stacks).flatMap(([stackOfScript, debugId]) =>
          scriptsIn(stackOfScript)
            .slice(0, 1)
            .map((script) => [script, debugId]),
        ),
      ),
    };
  } finally {
    await page.close();
  }
}

const scriptsIn = (stack: string): string[] => [...stack.matchAll(/(https?:\/\/\S+?):\d+:\d+/g)].flatMap(([, script]) => script ?? []);

const SHOP = join(repositoryRoot, "e2e", "clients", "shop");

/** The text of a source of the shop: `main.js`, `checkout.js` or `prices.js`. */
export const shopSource = (name: string): string => readFileSync(join(SHOP, name), "utf8");

const sources = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, shopSource(name)]));

const ADA = { name: "Ada Lovelace", email: "ada@example.test" };
const GRACE = { name: "Grace Hopper", email: "grace@example.test" };

/** The history of the shop. */
export const SHOP_HISTORY: readonly PlannedCommit[] = [
  {
    author: ADA,
    date: "2026-06-01T09:00:00+02:00",
    message: "Show what tea costs\n",
    write: { ...sources("main.js", "prices.js"), ".gitignore": "dist\n" },
  },
  { author: GRACE, date: "2026-06-02T10:30:00Z", message: "Take money\n", write: sources("checkout.js") },
];

const executablePath = process.env["LANDFALL_CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a browser: that in `LANDFALL_CHROMIUM`, or Debian's. */
export const hasBrowser: boolean = existsSync(executablePath);

/** Starts the browser. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args: ["--no-sandbox"] });
