import type { App } from "@landfall/core/app";
import { listQuarantine, purgeQuarantined, type QuarantinedBlob, restoreQuarantined } from "@landfall/core/artifacts/quarantine";
import { adoptBlobStore } from "@landfall/core/artifacts/sweep-artifacts";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { OperatorError } from "../serving/operator-error.ts";
import { formatBytes } from "../ui/bytes-text.ts";
import { formatCount } from "../ui/counted.ts";
import { existingDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";
import { withApp, withReadingApp } from "./with-app.ts";

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
