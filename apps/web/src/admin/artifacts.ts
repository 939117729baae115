import type { App } from "@landfall/core/kernel/app";
import { adoptBlobStore } from "@landfall/core/operations/storage/sweep";
import { getStorage, setStorageQuota } from "@landfall/core/operations/storage/usage-and-quota";
import { listQuarantine, purgeQuarantined, type QuarantinedBlob, restoreQuarantined } from "@landfall/core/records/artifacts/quarantine";
import { ByteSize } from "@landfall/schema/fields/numbers";
import { Command, InvalidArgumentError } from "commander";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import { systemContext } from "#server/lifecycle/server-context.ts";
import { formatBytes, formatCount } from "#ui/format.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { existingDatabase, withApp, withReadingApp } from "./with-app.ts";

type Options = { readonly json?: boolean };
type SelectionOptions = Options & { readonly all?: boolean };
type Amount = { readonly count: number; readonly bytes: number };

/** Blobs read from the database at once. */
const PAGE = 1000;

/** `artifacts adopt` and `artifacts quarantine list|restore|purge`: what a server deletes from the blob store, and when. */
export function artifactCommands(env: () => Env, out: Output): Command {
  const adopt = new Command("adopt")
    .summary("make this the database that the artifact store belongs to")
    .description(
      "Makes this the database that the artifact store (the folder blobs or the bucket) belongs to, and puts everything there that this " +
        "database does not know in quarantine. Only after making sure that both are the right ones.",
    )
    .option("--json", "print JSON")
    .action(async ({ json }: Options) => {
      const quarantined = await withExistingApp(env(), adoptBlobStore);
      if (json) return out.json({ quarantined });
      out.say(`The artifact store belongs to this database. Put in quarantine: ${amountText(quarantined)}.`);
    });

  const list = new Command("list")
    .summary("list what is in quarantine")
    .description("Lists the blobs in quarantine with their SHA-256, size and the date they are deleted at.")
    .option("--json", "print one JSON object a line")
    .action(async ({ json }: Options) => {
      await withReadingApp(env(), async (app) => {
        let total: Amount = { count: 0, bytes: 0 };
        for await (const blob of quarantined(app)) {
          if (json)
            out.json({ ...blob, dateDue: blob.dateDue?.toISOString() ?? null, dateQuarantined: blob.dateQuarantined.toISOString() });
          else out.print(lineOf(blob));
          total = { count: total.count + 1, bytes: total.bytes + blob.size };
        }
        out.say(total.count === 0 ? "Nothing is in quarantine." : `In quarantine: ${amountText(total)}.`);
      });
    });

  const restore = blobCommand("restore", "keep blobs: take them out of quarantine until they are purged by name")
    .description("Keeps blobs: they stay in the artifact store, and are deleted only by `purge` with their names.")
    .action(async (names: string[], { all = false, json }: SelectionOptions) => {
      const chosen = selectedNames(names, all);
      const restored = await withExistingApp(env(), (app) => restoreQuarantined(app, chosen));
      if (json) return out.json({ restored });
      out.say(`Restored from quarantine: ${amountText(restored)}.`);
    });

  const purge = blobCommand("purge", "delete blobs in quarantine now")
    .description("Deletes blobs in quarantine now, instead of after seven days. With --all, those that were restored stay.")
    .action(async (names: string[], { all = false, json }: SelectionOptions) => {
      const chosen = selectedNames(names, all);
      const purged = await withExistingApp(env(), (app) => purgeQuarantined(app, chosen));
      if (json) return out.json({ purged });
      out.say(`Deleted from quarantine: ${amountText(purged)}.`);
    });

  const quarantine = new Command("quarantine")
    .description("Lists, restores and deletes blobs that no artifact refers to, for seven days after they were removed.")
    .addCommand(list)
    .addCommand(restore)
    .addCommand(purge);
  return new Command("artifacts")
    .description("Looks after the bytes of artifacts: the folder blobs of the data directory, or the bucket.")
    .addCommand(adopt)
    .addCommand(quarantine);
}

/** As `withApp`, but never makes a database: an empty one would know no artifact. */
function withExistingApp<T>(settings: Env, work: (app: App) => Promise<T>): Promise<T> {
  if (settings.databaseUrl === null) existingDatabase(settings, "");
  return withApp(settings, work);
}

const blobCommand = (name: string, summary: string): Command =>
  new Command(name)
    .summary(summary)
    .argument("[name...]", "blobs, as `quarantine list` shows them")
    .option("--all", "all of them")
    .option("--json", "print JSON");

/** Null for all. Throws an `OperatorError` unless names or all are chosen. */
function selectedNames(names: readonly string[], all: boolean): readonly string[] | null {
  if (all === names.length > 0) throw new OperatorError("Name blobs, or use --all.");
  return all ? null : names;
}

async function* quarantined({ store }: App): AsyncIterable<QuarantinedBlob> {
  for (let after = ""; ;) {
    const blobs = await listQuarantine(store.read, { after, limit: PAGE });
    yield* blobs;
    const last = blobs.at(-1);
    if (last === undefined || blobs.length < PAGE) return;
    after = last.name;
  }
}

const amountText = ({ count, bytes }: Amount): string => `${formatCount(count, "blob")} (${formatBytes(bytes)})`;

const lineOf = ({ name, size, dateQuarantined, dateDue }: QuarantinedBlob): string =>
  [
    name,
    formatBytes(size),
    `in quarantine since ${dateQuarantined.toISOString()}`,
    dateDue === null ? "restored" : `deleted after ${dateDue.toISOString()}`,
  ].join("  ");

type QuotaOptions = { readonly org: string; readonly set?: number; readonly default?: boolean; readonly json?: boolean };

/** `quota`: how many bytes of artifacts an organization may store. */
export function quotaCommand(env: () => Env, out: Output): Command {
  return new Command("quota")
    .description("Prints or changes how many bytes of artifacts an organization may store. Works beside a running server.")
    .requiredOption("--org <slug>", "the organization")
    .option("--set <size>", "the new quota, such as 20GiB", sizeArgument)
    .option("--default", "use the default, LANDFALL_ARTIFACT_QUOTA, again")
    .option("--json", "print JSON")
    .action(async (options: QuotaOptions, command: Command) => {
      const { org: organization, set, json } = options;
      if (set !== undefined && options.default) command.error("error: use either --set or --default");
      const isChange = set !== undefined || options.default === true;
      const { bytes, quota } = await (isChange ? withApp : withReadingApp)(env(), async (app) => {
        const context = await systemContext(app);
        if (isChange) await setStorageQuota(context, { organization, quota: set ?? null });
        return getStorage(context, { organization, per_page: 1 });
      });
      if (json) return out.json({ organization, bytes, quota });
      out.print(`${organization}: ${formatBytes(bytes)} of ${quota === null ? "no limit" : formatBytes(quota)}`);
    });
}

function sizeArgument(text: string): number {
  const { data } = ByteSize.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError("Use a size such as 500MiB or 20GiB.");
  return data;
}
