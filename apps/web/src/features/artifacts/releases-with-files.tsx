import type { SourceMapArchiveView } from "@landfall/schema/artifacts/artifact-bundles";
import type { Page } from "@landfall/schema/page";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { Pager } from "#ui/table/pager.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

type ReleasesWithFilesProps = {
  readonly to: OrganizationUrls;
  readonly page: Page<SourceMapArchiveView>;
  readonly hrefOf: (cursor: string) => string;
};

/** A table of releases with files outside of bundles: single uploads or archives. Renders nothing if there are none. */
export function ReleasesWithFiles({ to, page, hrefOf }: ReleasesWithFilesProps) {
  if (page.items.length === 0) return null;
  return (
    <section aria-labelledby="releases">
      <h2 id="releases">Releases with their own files</h2>
      <DataTable
        caption="Releases with their own files"
        columns={columnsOf(to)}
        rows={page.items}
        keyOf={({ id }) => String(id)}
        empty={null}
      />
      <Pager page={page} hrefOf={hrefOf} />
    </section>
  );
}

const columnsOf = (to: OrganizationUrls): readonly Column<SourceMapArchiveView>[] => [
  {
    key: "release",
    head: "Release",
    grows: true,
    cell: ({ name }) => (
      <PageLink href={to.release(name, "artifacts")} data-open="" title={name}>
        {name}
      </PageLink>
    ),
  },
  { key: "files", head: "Files", align: "end", cell: ({ fileCount }) => fileCount.toLocaleString("en") },
  { key: "created", head: "Created", cell: ({ date }) => <TimeAgo at={date} /> },
];
