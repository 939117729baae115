import type { App } from "@landfall/core/kernel/app";
import { adoptBlobStore } from "@landfall/core/operations/storage/sweep";
import { getStorage, setStorageQuota } from "@landfall/core/operations/storage/usage-and-quota";
import { listQuarantine, purgeQuarantined, type QuarantinedBlob, restoreQuarantined } from "@landfall/core/records/artifacts/quarantine";
import { formatBytes, formatCount } from "@landfall/domain/format";
import { ByteSize } from "@landfall/schema/fields/numbers";
import { Command, InvalidArgumentError } from "commander";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import { systemContext } from "#server/lifecycle/server-context.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { existingDatabase, withApp, withReadingApp } from "./with-app.ts";

type Options = { readonly json?: boolean };
type SelectionOptions = Options & { readonly all?: boolean };
type Amount = { readonly count: number; readonly bytes: number };

/** How many blobs are read from the database at once. */
const PAGE = 1000;

/** `artifacts adopt` and `artifacts quarantine list|restore|purge`: manages what the server deletes from the blob store. */
export function artifactCommands(env: () => Env, out: Output): Command {
  const adopt = new Command("adopt")
    .summary("assign the artifact store to this database")
    .description(
      "Assigns the artifact store (the folder blobs or the bucket) to this database, and quarantines everything in it that is unknown to " +
        "this database. Make sure that both are the right ones first.",
    )
    .option("--json", "print JSON")
    .action(async ({ json }: Options) => {
      const quarantined = await withExistingApp(env(), adoptBlobStore);
      if (json) return out.json({ quarantined });
      out.log(`The artifact store now belongs to this database. Quarantined: ${amountText(quarantined)}.`);
    });

  const list = new Command("list")
    .summary("list blobs in quarantine")
    .description("Lists the blobs in quarantine with their SHA-256, size and deletion date.")
    .option("--json", "print one JSON object per line")
    .action(async ({ json }: Options) => {
      await withReadingApp(env(), async (app) => {
        let total: Amount = { count: 0, bytes: 0 };
        for await (const blob of quarantined(app)) {
          if (json)
            out.json({ ...blob, dateDue: blob.dateDue?.toISOString() ?? null, dateQuarantined: blob.dateQuarantined.toISOString() });
          else out.print(lineOf(blob));
          total = { count: total.count + 1, bytes: total.bytes + blob.size };
        }
        out.log(total.count === 0 ? "The quarantine is empty." : `In quarantine: ${amountText(total)}.`);
      });
    });

  const restore = blobCommand("restore", "restore blobs from quarantine")
    .description("Restores blobs from quarantine. They are then deleted only by `purge` with their names.")
    .action(async (names: string[], { all = false, json }: SelectionOptions) => {
      const chosen = selectedNames(names, all);
      const restored = await withExistingApp(env(), (app) => restoreQuarantined(app, chosen));
      if (json) return out.json({ restored });
      out.log(`Restored from quarantine: ${amountText(restored)}.`);
    });

  const purge = blobCommand("purge", "delete blobs in quarantine now")
    .description("Deletes blobs in quarantine now, instead of after seven days. With --all, restored blobs are kept.")
    .action(async (names: string[], { all = false, json }: SelectionOptions) => {
      const chosen = selectedNames(names, all);
      const purged = await withExistingApp(env(), (app) => purgeQuarantined(app, chosen));
      if (json) return out.json({ purged });
      out.log(`Deleted from quarantine: ${amountText(purged)}.`);
    });

  const quarantine = new Command("quarantine")
    .description("Lists, restores and deletes blobs that no artifact refers to. The server deletes them after seven days.")
    .addCommand(list)
    .addCommand(restore)
    .addCommand(purge);
  return new Command("artifacts")
    .description("Manages the artifact store: the folder blobs of the data directory, or the bucket.")
    .addCommand(adopt)
    .addCommand(quarantine);
}

/** As `withApp`, but never creates a database, to which all artifacts would be unknown. */
function withExistingApp<T>(settings: Env, work: (app: App) => Promise<T>): Promise<T> {
  if (settings.databaseUrl === null) existingDatabase(settings, "");
  return withApp(settings, work);
}

const blobCommand = (name: string, summary: string): Command =>
  new Command(name)
    .summary(summary)
    .argument("[name...]", "blobs, as shown by `quarantine list`")
    .option("--all", "all blobs in quarantine")
    .option("--json", "print JSON");

/** Returns the names; null for all. @throws `OperatorError` unless either names or --all are given. */
function selectedNames(names: readonly string[], all: boolean): readonly string[] | null {
  if (all === names.length > 0) throw new OperatorError("Specify blobs, or use --all.");
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

/** `quota`: prints or changes the storage quota of an organization. */
export function quotaCommand(env: () => Env, out: Output): Command {
  return new Command("quota")
    .description("Prints or changes the storage quota of an organization. Works while the server is running.")
    .requiredOption("--org <slug>", "the organization")
    .option("--set <size>", "the new quota, such as 20GiB", sizeArgument)
    .option("--default", "reset to the default, LANDFALL_ARTIFACT_QUOTA")
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
