import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { initialize } from "../test/provisioned.ts";
import { WEB } from "../test/run-program.ts";
import { type RunningServer, runningServer } from "../test/running-server.ts";
import { scratchDir } from "../test/scratch-dir.ts";

const executablePath = process.env.LANDFALL_CHROMIUM ?? "";

/** Whether there is a browser to look at pages with; `.ci/run` names one. */
export const hasBrowser = existsSync(executablePath);

/** Where the pictures of pages are kept. */
export const PICTURES = path.join(WEB, "../../test-results/pages");

/** Who owns the organization "acme" in every world. */
export const OWNER = { email: "olga@acme.test", password: "correct horse battery" };

/** What was said by the browser while a page was open, that a page must not make it say. */
type Said = readonly string[];

/** A real server with its pages, and a real browser to look at them. */
export interface BrowserWorld extends AsyncDisposable {
  readonly server: RunningServer;
  readonly dataDir: string;
  /** A token of the owner's with every scope; empty in a world whose database is not prepared. */
  readonly token: string;
  /** Runs `work` with a separate page and returns the problems that the browser reported: errors, warnings, failed requests. */
  visit(options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<Said>;
  /** As `visit`, signed in as `who`. */
  visitAs(
    who: { readonly email: string; readonly password: string },
    options: BrowserContextOptions,
    work: (page: Page) => Promise<void>,
  ): Promise<Said>;
  /** Signs the person in anew at the next `visitAs`: their session was ended. */
  forget(email: string): void;
  /** Calls the REST API with the owner's token; throws when it refuses. */
  rest(method: string, target: string, body?: unknown): Promise<unknown>;
}

/**
 * Starts a world. With `projects`, the organization "acme" is there with them and its owner; without, the database is empty, as at the
 * first start.
 */
export async function browserWorld({
  projects,
  env = {},
}: { projects?: readonly string[]; env?: Record<string, string> } = {}): Promise<BrowserWorld> {
  mkdirSync(PICTURES, { recursive: true });
  const scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const named = (projects ?? []).flatMap((project) => ["--project", project]);
  const given = projects
    ? await initialize(dataDir, "--org", "acme", ...named, "--email", OWNER.email, "--password", OWNER.password)
    : null;
  const server = await runningServer(dataDir, { LANDFALL_PAGES: "on", ...env });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  // One sign-in for each person: tries are limited.
  const cookies = new Map<string, Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>>>();

  async function visit(options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<Said> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !NOT_USED_YET.test(message.text())) said.push(message.text());
    });
    page.on("pageerror", (error) => said.push(error.message));
    page.on("response", (response) => response.status() >= 400 && said.push(`${response.status()} ${response.url()}`));
    await work(page);
    await context.close();
    return said;
  }

  return {
    server,
    dataDir,
    token: given?.token ?? "",
    visit,
    async visitAs(who, options, work) {
      const known = cookies.get(who.email);
      if (known) return visit({ ...options, storageState: known }, work);
      return visit(options, async (page) => {
        await signIn(page, server.url, who);
        cookies.set(who.email, await page.context().storageState());
        await work(page);
      });
    },
    forget: (email) => void cookies.delete(email),
    async rest(method, target, body) {
      const response = await fetch(`${server.url}/api/0${target}`, {
        method,
        headers: { Authorization: `Bearer ${given?.token}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${target} was answered ${response.status}: ${text}`);
      return text === "" ? null : JSON.parse(text);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      scratch[Symbol.dispose]();
    },
  };
}

/** Next loads ahead what its page for unknown addresses needs; a browser remarks on that on machines slow enough to notice. */
const NOT_USED_YET = /^The resource \S+\.css was preloaded using link preload but not used/;

/** Signs in on the page that is for it. */
export async function signIn(
  page: Page,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Email address").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
}
