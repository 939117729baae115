import type { Kit } from "../kit.sqlite.ts";
import type { OrganizationTables } from "./people.ts";
import type { ReleaseTables } from "./releases.ts";

/** The notes people wrote about releases. A release without a row has only the draft made from its commits. */
export function defineNotes(k: Kit, { users }: OrganizationTables, { releases }: ReleaseTables) {
  const releaseNotes = k.table(
    "release_notes",
    {
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      markdown: k.text("markdown").notNull(),
      /** The Markdown as HTML, and its first lines. Null for notes that were saved by a version that did not store them. */
      html: k.text("html"),
      excerptHtml: k.text("excerpt_html"),
      /** Null when a token of the organization saved them, or who did is gone. */
      savedBy: k.int("saved_by").references(() => users.id, { onDelete: "set null" }),
      dateSaved: k.time("date_saved").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.releaseId] })],
  );

  return { releaseNotes };
}
