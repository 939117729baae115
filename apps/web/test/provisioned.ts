import * as z from "zod";
import { runProgram } from "./run-program.ts";

const Provisioned = z.strictObject({
  organization: z.string(),
  projects: z.array(z.strictObject({ slug: z.string(), id: z.string() })),
  token: z.string().nullable(),
  ciToken: z.string().nullable(),
});

/**
 * Runs `admin init --json` on a data directory and returns what it printed; its messages went to standard error. A password among `args`
 * is passed on standard input.
 */
export async function initialize(dataDir: string, ...args: readonly string[]) {
  const { rest, password } = withoutPassword(args);
  const { code, stdout, stderr } = await runProgram("admin.ts", ["init", ...rest, "--json"], { LANDFALL_DATA_DIR: dataDir }, password);
  if (code !== 0) throw new Error(stderr);
  return { ...Provisioned.parse(JSON.parse(stdout)), messages: stderr };
}

function withoutPassword(args: readonly string[]): { readonly rest: readonly string[]; readonly password: string | null } {
  const at = args.indexOf("--password");
  if (at === -1) return { rest: args, password: null };
  return { rest: [...args.slice(0, at), "--password-stdin", ...args.slice(at + 2)], password: `${args[at + 1]}\n` };
}

/** The owner of what is provisioned. */
export const OWNER = "owner@acme.test";

/** Provisions the organization "acme" with the projects "web" and "api", and returns a token of its owner. */
export async function provisioned(dataDir: string): Promise<string> {
  const { token } = await initialize(dataDir, "--org", "acme", "--project", "web", "--project", "api", "--email", OWNER);
  if (token === null) throw new Error("the organization existed already");
  return token;
}
