import type { MailmapView } from "@landfall/schema/views/people";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { describeMailmap } from "./mailmap-in-words.ts";

type Change = MailmapView["changes"][number];
type MailmapChangesProps = { readonly changes: MailmapView; readonly isImported: boolean };

/** What a .mailmap changes, or has changed, and what of it does nothing. */
export function MailmapChanges({ changes: { merged, renamed, changes, unknown, problems }, isImported }: MailmapChangesProps) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{isImported ? "What was changed" : "What would change"}</h2>
      <p>
        <output>{describeMailmap({ merged, renamed }, isImported)}</output>
      </p>
      {isImported && merged > 0 && <p>An address that went wrong is separated again on the page of the person.</p>}
      <DataTable caption="Changes" columns={COLUMNS} rows={changes} keyOf={({ email }) => email} empty={null} />
      {problems.length > 0 && (
        <>
          <h3>Lines that are left out</h3>
          <ul>
            {problems.map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
        </>
      )}
      {unknown.length > 0 && (
        <details>
          <summary>
            {unknown.length === 1
              ? "1 address that no commit and no member has"
              : `${unknown.length} addresses that no commit and no member has`}
          </summary>
          <p className="mono">{unknown.join(", ")}</p>
        </details>
      )}
    </section>
  );
}

const COLUMNS: readonly Column<Change>[] = [
  { key: "email", head: "Address", grows: true, cell: ({ email }) => <span title={email}>{email}</span> },
  { key: "into", head: "Becomes one of", cell: ({ into }) => into ?? <span className="soft">—</span> },
  { key: "name", head: "Name", cell: ({ name }) => name ?? <span className="soft">as before</span> },
];
