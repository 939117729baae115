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

/** `seed`: creates an organization with generated data, for trying out and measuring. */
export function seedCommand(env: () => Env, out: Output): Command {
  return new Command("seed")
    .summary("create an organization with generated data")
    .description(
      "Creates an organization with generated contributors, projects, releases, commits and deploys, and an owner to sign in as. The same options create the same data. Without --until, its history ends at the last full hour.",
    )
    .option("--org <slug>", "the organization", "acme")
    .option("--releases <count>", "number of releases, up to 20000", Number, 400)
    .option("--people <count>", "number of contributors, including bots, up to 500", Number, 40)
    .option("--projects <count>", "number of projects, up to 6", Number, 6)
    .option("--days <count>", "length of the history in days, up to 3650", Number, 120)
    .option("--seed <text>", "seed of the random generator", "landfall")
    .option("--until <date>", "end of the history (default: now)")
    .option("--email <address>", "the owner, who keeps their password (default: admin@<org>.example with a new password)")
    .option("--replace", "delete an existing sample organization of this name first")
    .option("--database <where>", "a postgres:// URL or an SQLite file (default: the database of the server)")
    .option("--json", "print one JSON object")
    .action(async (options: SeedOptions) => {
      const seeded = await withApp(withDatabase(env(), options.database), (app) => seed(app, options, out));
      if (options.json) return out.json(seeded);
      out.print(`organization  ${seeded.organization}`);
      out.print(
        `created       ${Object.entries(seeded.counts)
          .map(([what, count]) => `${count} ${what}`)
          .join(", ")}`,
      );
      out.print(`sign in at    ${seeded.url}/sign-in, once the server is running`);
      out.print(`email         ${seeded.email}`);
      out.print(`password      ${seeded.password ?? "unchanged; set a new one with `npm run admin -- password`"}`);
      out.print(`CI token      ${seeded.ciToken}`);
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

/** Logs the progress at every tenth. */
function progress(out: Output, organization: string): (done: number, all: number) => void {
  let tenths = 0;
  return (done, all) => {
    const now = Math.floor((done / all) * PROGRESS_STEPS);
    if (now > tenths) out.log(`Creating ${organization}: ${done} of ${all} events`);
    tenths = now;
  };
}

const nameOf = (slug: string): string => `${slug[0]?.toUpperCase() ?? ""}${slug.slice(1)}`;

function readDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new OperatorError(`--until ${text} is not a valid date. Use 2026-11-24 or 2026-11-24T12:00:00Z.`);
  return date;
}
