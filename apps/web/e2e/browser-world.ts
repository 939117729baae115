import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { initialize } from "../test/provisioned.ts";
import { WEB } from "../test/run-program.ts";
import { type RunningServer, runningServer } from "../test/running-server.ts";
import { scratchDir } from "../test/scratch-dir.ts";

const executablePath = process.env.LANDFALL_CHROMIUM ?? "";

/** Whether a browser is configured; `.ci/run` sets one. */
export const hasBrowser = existsSync(executablePath);

/** The folder of screenshots. */
export const PICTURES = path.join(WEB, "../../test-results/pages");

/** The owner of the organization "acme" in every world. */
export const OWNER = { email: "olga@acme.test", password: "correct horse battery" };

/** The problems that the browser reported: errors, warnings, failed requests. */
type BrowserProblems = readonly string[];

/** A real server with its pages, and a real browser. */
export interface BrowserWorld extends AsyncDisposable {
  readonly server: RunningServer;
  readonly dataDir: string;
  /** A token of the owner with every scope; empty if the database was not prepared. */
  readonly token: string;
  /** Runs `work` with a separate page and returns the problems that the browser reported: errors, warnings, failed requests. */
  visit(options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<BrowserProblems>;
  /** As `visit`, signed in as `user`. */
  visitAs(
    user: { readonly email: string; readonly password: string },
    options: BrowserContextOptions,
    work: (page: Page) => Promise<void>,
  ): Promise<BrowserProblems>;
  /** Signs the user in again at the next `visitAs`, because their session was ended. */
  forget(email: string): void;
  /** Calls the REST API with the owner's token. @throws if the response is an error. */
  rest(method: string, target: string, body?: unknown): Promise<unknown>;
}

/**
 * Starts a world. With `projects`, the organization "acme" exists with these projects and its owner. Without, the database is empty, as
 * at the first start.
 */
export async function browserWorld({
  projects,
  env = {},
}: { projects?: readonly string[]; env?: Record<string, string> } = {}): Promise<BrowserWorld> {
  mkdirSync(PICTURES, { recursive: true });
  const scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const projectArguments = (projects ?? []).flatMap((project) => ["--project", project]);
  const given = projects
    ? await initialize(dataDir, "--org", "acme", ...projectArguments, "--email", OWNER.email, "--password", OWNER.password)
    : null;
  const server = await runningServer(dataDir, { LANDFALL_PAGES: "on", ...env });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  // Each user signs in only once, since attempts are limited.
  const cookies = new Map<string, Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>>>();

  async function visit(options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<BrowserProblems> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !NOT_USED_YET.test(message.text())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("response", (response) => response.status() >= 400 && problems.push(`${response.status()} ${response.url()}`));
    await work(page);
    await context.close();
    return problems;
  }

  return {
    server,
    dataDir,
    token: given?.token ?? "",
    visit,
    async visitAs(user, options, work) {
      const storageState = cookies.get(user.email);
      if (storageState) return visit({ ...options, storageState }, work);
      return visit(options, async (page) => {
        await signIn(page, server.url, user);
        cookies.set(user.email, await page.context().storageState());
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
      if (!response.ok) throw new Error(`${method} ${target} responded with ${response.status}: ${text}`);
      return text === "" ? null : JSON.parse(text);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      scratch[Symbol.dispose]();
    },
  };
}

/** Next preloads the styles of its not-found page. On slow machines, the browser warns that they are unused. */
const NOT_USED_YET = /^The resource \S+\.css was preloaded using link preload but not used/;

/** Signs in on the sign-in page. */
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
