import type { App } from "@landfall/core/kernel/app";
import { previewRetention } from "@landfall/core/operations/retention/preview";
import { startRetention } from "@landfall/core/operations/retention/start-and-list-runs";
import { formatBytes, formatCount } from "@landfall/domain/format";
import type { RetentionItemView, RetentionTotalsView } from "@landfall/schema/artifacts/retention";
import { Command } from "commander";
import { systemContext } from "#server/lifecycle/server-context.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { readAllPages, withApp, withReadingApp } from "./with-app.ts";

type Options = { readonly org: string; readonly project: string; readonly json?: boolean };

/** `retention preview|run`: lists or deletes what the retention rule of a project does not keep. */
export function retentionCommands(env: () => Env, out: Output): Command {
  const command = (text: string, summary: string) =>
    new Command(text)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}. The server may keep running.`)
      .requiredOption("--org <slug>", "the organization")
      .requiredOption("--project <slug>", "the project")
      .option("--json", "print JSON");

  const preview = command("preview", "list what a project's retention rule would delete, and the bytes freed").action(
    async ({ json, ...of }: Options) => {
      const found = await withReadingApp(env(), (app) => listExpired(app, of));
      if (json) return out.json(found);
      for (const item of found.items) out.print(lineOf(item));
      out.log(`${found.isWhole ? "" : "At least "}${totalsText(found.totals)} would be deleted.`);
    },
  );

  const run = command("run", "delete what a project's retention rule does not keep, which cannot be undone").action(
    async ({ json, ...of }: Options) => {
      const deleted = await withApp(env(), async (app) =>
        startRetention(await systemContext(app), { organization: of.org, project: of.project }),
      );
      if (json) return out.json(deleted);
      out.print(`${totalsText(deleted)} deleted.`);
    },
  );

  return new Command("retention")
    .description("Lists and deletes what the retention rules of projects do not keep.")
    .addCommand(preview)
    .addCommand(run);
}

async function listExpired(app: App, { org: organization, project }: Options) {
  const context = await systemContext(app);
  const { totals, isWhole } = await previewRetention(context, { organization, project, per_page: 1 });
  return { totals, isWhole, items: await readAllPages((cursor) => previewRetention(context, { organization, project, cursor })) };
}

const lineOf = ({ kind, id, versions, files, bytes, dateUploaded, isShared }: RetentionItemView): string =>
  [
    kind === "bundle" ? `bundle ${id}` : `files of ${id}`,
    ...(kind === "bundle" ? [versions.length > 0 ? `of ${versions.join(", ")}` : "without a release"] : []),
    formatCount(files, "file"),
    formatBytes(bytes),
    `uploaded ${dateUploaded}`,
    ...(isShared ? ["another project keeps it"] : []),
  ].join("  ");

function totalsText({ bundles, releases, files, bytes }: RetentionTotalsView): string {
  return `${formatCount(bundles, "bundle")} and files of ${formatCount(releases, "release")}: ${formatCount(files, "file")}, ${formatBytes(bytes)}`;
}
