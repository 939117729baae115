/** How a server's database is backed up, by its kind: what to know, and commands to run where the server is. */
export function backupAdvice(kind: "sqlite" | "postgres"): { readonly words: string; readonly commands: readonly string[] } {
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
