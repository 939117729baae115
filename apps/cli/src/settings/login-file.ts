import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CliError } from "../system/errors.ts";
import type { Runtime } from "../system/runtime.ts";

/** The content of the login file, which `landfall login` writes. */
export type Login = { readonly url: string; readonly token: string; readonly organization: string | null };

/** Returns the path of the login file: `$XDG_CONFIG_HOME/landfall/config.json`, by default below `~/.config`. */
export function loginPath({ env, home }: Pick<Runtime, "env" | "home">): string {
  return join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "landfall", "config.json");
}

/** Reads the login file; null if it does not exist. @throws CliError if it cannot be read or is damaged. */
export async function readLogin(runtime: Pick<Runtime, "env" | "home">): Promise<Login | null> {
  const path = loginPath(runtime);
  const content = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw new CliError("failure", `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (content === null) return null;
  const login = parseLogin(content);
  if (!login) throw new CliError("input", `${path} is damaged.`, "Delete it, then run `landfall login` again.");
  return login;
}

/** Writes the login file atomically, readable only by its owner. Returns its path. */
export async function writeLogin(runtime: Pick<Runtime, "env" | "home">, { url, token, organization }: Login): Promise<string> {
  const path = loginPath(runtime);
  const draft = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, `${JSON.stringify({ url, token, org: organization }, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}

function parseLogin(content: string): Login | null {
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed !== "object" || parsed === null) return null;
    const { url, token, org = null } = parsed as Record<string, unknown>;
    if (typeof url !== "string" || typeof token !== "string" || (org !== null && typeof org !== "string")) return null;
    return { url, token, organization: org };
  } catch {
    return null;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
