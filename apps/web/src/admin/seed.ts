import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { resetPassword } from "@landfall/core/operations/accounts/passwords";
import { makeSample, type SampleResult } from "@landfall/core/sample-data/make-sample";
import { Command } from "commander";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import { systemContext } from "#server/lifecycle/server-context.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { withApp, withDatabase } from "./with-app.ts";

type SeedOptions = {
  readonly org: string;
  readonly releases: number;
  readonly people: number;
  readonly projects: number;
  readonly days: number;
  readonly seed: string;
  readonly until?: string;
  readonly email?: string;
  readonly replace?: boolean;
  readonly database?: string;
  readonly json?: boolean;
};

const SECRET_BYTES = 12;
const PROGRESS_STEPS = 10;

/** `seed`: an organization with a made-up history, to try the pages with and to measure. */
export function seedCommand(env: () => Env, out: Output): Command {
  return new Command("seed")
    .summary("make an organization with a made-up history")
    .description(
      "Makes an organization with people, projects, releases, commits and deploys that are all made up, and somebody to sign in as. The same options make the same history; without --until it ends at the last full hour.",
    )
    .option("--org <slug>", "the organization", "acme")
    .option("--releases <count>", "how many releases, up to 20000", Number, 400)
    .option("--people <count>", "how many people, programs among them, up to 500", Number, 40)
    .option("--projects <count>", "how many projects, up to 6", Number, 6)
    .option("--days <count>", "how long the history is, up to 3650", Number, 120)
    .option("--seed <text>", "another text makes another history", "landfall")
    .option("--until <date>", "when the history ends (default: now)")
    .option("--email <address>", "who owns it, with their own password (default: admin@<org>.example, with a new one)")
    .option("--replace", "delete the sample of this name first, if there is one")
    .option("--database <where>", "a postgres:// address or an SQLite file (default: the server's)")
    .option("--json", "print one JSON object")
    .action(async (options: SeedOptions) => {
      const made = await withApp(withDatabase(env(), options.database), (app) => seed(app, options, out));
      if (options.json) return out.json(made);
      out.print(`organization  ${made.organization}`);
      out.print(
        `made          ${Object.entries(made.counts)
          .map(([what, count]) => `${count} ${what}`)
          .join(", ")}`,
      );
      out.print(`sign in at    ${made.url}/sign-in, once the server runs`);
      out.print(`email        ${made.email}`);
      out.print(`password      ${made.password ?? "as it was; `npm run admin -- password` sets another"}`);
      out.print(`CI token      ${made.ciToken}`);
    });
}

type Seeded = Pick<SampleResult, "counts" | "ciToken"> & {
  readonly organization: string;
  readonly url: string;
  readonly email: string;
  readonly password: string | null;
};

async function seed(app: App, { org: organization, email, until, replace = false, ...options }: SeedOptions, out: Output): Promise<Seeded> {
  const server = await systemContext(app);
  const end = until === undefined ? null : readDate(until);
  const { releases, people, projects, days, seed: text } = options;
  const owner = email ?? `admin@${organization}.example`;
  const { counts, ciToken } = await makeSample(
    end === null ? server : { ...server, now: () => end },
    { organization, name: nameOf(organization), email: owner, seed: text, releases, people, projects, days },
    { replaces: replace, onProgress: progress(out, organization) },
  );
  const password = email === undefined ? await newPassword(server, owner) : null;
  return { organization, url: app.origin, email: owner, password, counts, ciToken };
}

async function newPassword(server: Context, email: string): Promise<string> {
  const password = Buffer.from(server.randomHex(SECRET_BYTES), "hex").toString("base64url");
  await resetPassword(server, { email, password });
  return password;
}

/** Says at every tenth how far it is. */
function progress(out: Output, organization: string): (done: number, all: number) => void {
  let tenths = 0;
  return (done, all) => {
    const now = Math.floor((done / all) * PROGRESS_STEPS);
    if (now > tenths) out.say(`Making ${organization}: ${done} of ${all} events`);
    tenths = now;
  };
}

const nameOf = (slug: string): string => `${slug[0]?.toUpperCase() ?? ""}${slug.slice(1)}`;

function readDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new OperatorError(`--until ${text} is no date; write 2026-11-24 or 2026-11-24T12:00:00Z.`);
  return date;
}
