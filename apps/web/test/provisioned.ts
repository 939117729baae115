import * as z from "zod";
import { runAdmin } from "./run-program.ts";

const Provisioned = z.strictObject({
  organization: z.string(),
  projects: z.array(z.strictObject({ slug: z.string(), id: z.string() })),
  token: z.string().nullable(),
  ciToken: z.string().nullable(),
});

/** Runs `admin init --json` on a data directory and answers what it printed; its messages went to standard error. */
export async function initialize(dataDir: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await runAdmin(dataDir, "init", ...args, "--json");
  if (code !== 0) throw new Error(stderr);
  return { ...Provisioned.parse(JSON.parse(stdout)), said: stderr };
}

/** Provisions the organization "acme" with the projects "web" and "api", and answers an owner's token. */
export async function provisioned(dataDir: string): Promise<string> {
  const { token } = await initialize(dataDir, "--org", "acme", "--project", "web", "--project", "api");
  if (token === null) throw new Error("the organization was there already");
  return token;
}
