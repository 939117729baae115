import { formatBytes } from "@landfall/domain/format";
import type { Metadata } from "next";
import { organizationPage } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { DescriptionList } from "#ui/description-list.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

export const metadata: Metadata = { title: "About" };

type AboutProps = { readonly params: Promise<{ readonly organization: string }> };

/** The server: version, database, and how to back it up. */
export default async function About({ params }: AboutProps) {
  const { call, organization, role } = await organizationPage((await params).organization);
  const running = runningApp();
  const [facts, status, about] = await Promise.all([running.about(), running.status(), call.organizations.summary({ organization })]);
  const { version, startedAt, database, dataDir } = facts;
  const isOwner = role === "owner";
  const backup = backupAdvice(database.kind);
  return (
    <>
      <SectionHeader title="This server" />
      <DescriptionList
        facts={[
          ["Version", `Landfall ${version}`],
          ["Started", <TimeAgo key="since" at={startedAt.toISOString()} />],
          [
            "Database",
            `${database.kind === "sqlite" ? "SQLite" : "PostgreSQL"}${database.bytes === null ? "" : `, ${formatBytes(database.bytes)}`}`,
          ],
          ...(isOwner ? [["Data directory", <code key="dir">{dataDir}</code>] as const] : []),
          ["Server totals", formatCounts(status)],
          ["Organization totals", formatCounts(about.counts)],
        ]}
      />
      <SectionHeader title="Backups" facts="Landfall keeps no record of backups. Check yourself that the last one is recent." />
      {isOwner ? (
        <div className="stack">
          <p>{backup.text}</p>
          {backup.commands.map((command) => (
            <CommandLine key={command} command={command} />
          ))}
        </div>
      ) : (
        <p>Owners see the backup instructions here.</p>
      )}
    </>
  );
}

const NUMBERS = new Intl.NumberFormat("en");

const formatCounts = (counts: Readonly<Record<string, unknown>>): string =>
  Object.entries(counts)
    .flatMap(([name, count]) =>
      typeof count === "number" ? `${NUMBERS.format(count)} ${count === 1 ? name.replace(/s$/, "") : name}` : [],
    )
    .join(", ");

/** Returns how to back up a database of this kind: a description, and commands to run on the server. */
function backupAdvice(kind: "sqlite" | "postgres"): { readonly text: string; readonly commands: readonly string[] } {
  if (kind === "sqlite") {
    return {
      text: "Run this where Landfall is installed. The backup is consistent even while the server is running. The second command checks the whole database.",
      commands: ["npm run admin -- backup /backups/landfall-$(date +%F).db", "npm run admin -- check"],
    };
  }
  return {
    text: "Use the tool of PostgreSQL. The backup is consistent even while the server is running.",
    commands: ['pg_dump --format=custom "$LANDFALL_DATABASE_URL" > landfall-$(date +%F).dump'],
  };
}
