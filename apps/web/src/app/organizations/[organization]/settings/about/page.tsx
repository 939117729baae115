import type { Metadata } from "next";
import { organizationPage } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { DescriptionList } from "#ui/description-list.tsx";
import { formatBytes } from "#ui/format.ts";
import { SectionHeader } from "#ui/headings.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

export const metadata: Metadata = { title: "About" };

type AboutProps = { readonly params: Promise<{ readonly organization: string }> };

/** The server the organization is on: its version, its database, how to back it up. */
export default async function About({ params }: AboutProps) {
  const { call, organization, role } = await organizationPage((await params).organization);
  const running = runningApp();
  const [facts, status, about] = await Promise.all([running.about(), running.status(), call.organizations.about({ organization })]);
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
          ["On it", formatCounts(status)],
          ["Of this organization", formatCounts(about.counts)],
        ]}
      />
      <SectionHeader
        title="Backups"
        facts="Landfall keeps no record of backups: whether the last one is recent is for whoever runs it to see."
      />
      {isOwner ? (
        <div className="stack">
          <p>{backup.words}</p>
          {backup.commands.map((command) => (
            <CommandLine key={command} command={command} />
          ))}
        </div>
      ) : (
        <p>An owner sees here how to make one.</p>
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

/** How a server's database is backed up, by its kind: what to know, and commands to run where the server is. */
function backupAdvice(kind: "sqlite" | "postgres"): { readonly words: string; readonly commands: readonly string[] } {
  if (kind === "sqlite") {
    return {
      words:
        "Run this where Landfall is installed. The copy is consistent while the server goes on; the second line reads the whole database and tells what is wrong with it.",
      commands: ["npm run admin -- backup /backups/landfall-$(date +%F).db", "npm run admin -- check"],
    };
  }
  return {
    words: "PostgreSQL brings its own tool; the copy is consistent while the server goes on.",
    commands: ['pg_dump --format=custom "$LANDFALL_DATABASE_URL" > landfall-$(date +%F).dump'],
  };
}
