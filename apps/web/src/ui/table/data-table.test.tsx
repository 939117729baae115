import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type Column, DataTable } from "./data-table.tsx";

type Release = { readonly version: string; readonly commits: number };

const columns: readonly Column<Release>[] = [
  { key: "version", head: "Version", cell: ({ version }) => <a href={`/releases/${version}`}>{version}</a>, grows: true },
  {
    key: "commits",
    head: "Commits",
    cell: ({ commits }) => commits,
    align: "end",
    hideBelow: "phone",
    sorting: { href: "?sort=commits", direction: "descending" },
  },
  { key: "actions", head: "Actions", hidesHead: true, cell: () => <button type="button">Archive</button> },
];

const render = (rows: readonly Release[], select = false) =>
  renderToStaticMarkup(
    <DataTable
      caption="Releases"
      columns={columns}
      rows={rows}
      keyOf={({ version }) => version}
      {...(select && {
        select: { name: "version", valueOf: ({ version }: Release) => version, labelOf: ({ version }: Release) => version },
      })}
      empty={<p>No releases match</p>}
    />,
  );

/** The texts of all elements with this tag. */
const texts = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, "gs"))].map(([, inner = ""]) => inner.replaceAll(/<[^>]*>/g, "").trim());

const RELEASES = [
  { version: "2.0.0", commits: 12 },
  { version: "1.9.<b>", commits: 0 },
];

describe("a table", () => {
  test("names itself, its columns and every row in order", () => {
    const html = render(RELEASES);
    expect(texts(html, "caption")).toEqual(["Releases"]);
    expect(texts(html, "th")).toEqual(["Version", "Commits ↓", "Actions"]);
    expect(texts(html, "td")).toEqual(["2.0.0", "12", "Archive", "1.9.&lt;b&gt;", "0", "Archive"]);
  });

  test("tells assistive technology how it is sorted, and links to the sorted list", () => {
    const html = render(RELEASES);
    expect(html).toContain('aria-sort="descending"');
    expect(html).toContain('href="?sort=commits"');
    expect(html.match(/aria-sort/g)).toHaveLength(1);
  });

  test("hides a header for sighted users only", () => {
    expect(render(RELEASES)).toContain('<span class="unseen">Actions</span>');
  });

  test("has one labeled checkbox per row if rows can be selected", () => {
    const html = render(RELEASES, true);
    expect([...html.matchAll(/<input type="checkbox"[^>]*value="([^"]*)"[^>]*\/>/g)].map(([, value]) => value)).toEqual([
      "2.0.0",
      "1.9.&lt;b&gt;",
    ]);
    expect(html).toContain('aria-label="Select 2.0.0"');
    expect(render(RELEASES)).not.toContain("checkbox");
  });

  test("groups consecutive rows under headings", () => {
    const html = renderToStaticMarkup(
      <DataTable
        caption="Releases"
        columns={columns}
        rows={[...RELEASES, { version: "1.8.0", commits: 0 }]}
        keyOf={({ version }) => version}
        groupOf={({ commits }) => ({ key: String(commits), heading: `${commits} commits` })}
        empty={null}
      />,
    );
    expect(texts(html, "th").slice(3)).toEqual(["12 commits", "0 commits"]);
    expect(html.match(/<th scope="rowgroup" colSpan="3"/g)).toHaveLength(2);
    expect(texts(html, "tbody").map((body) => body.match(/Archive/g)?.length)).toEqual([1, 2]);
  });

  test("is replaced by the empty state if there are no rows", () => {
    expect(render([])).toBe("<p>No releases match</p>");
  });
});
