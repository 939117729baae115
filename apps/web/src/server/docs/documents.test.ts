import path from "node:path";
import { describe, expect, test } from "vitest";
import { renderDocument } from "./document-html.ts";
import { openDocuments } from "./documents.ts";

const documents = openDocuments([path.join(import.meta.dirname, "nowhere"), path.join(import.meta.dirname, "../../../../../docs")]);

describe("the documents of the repository", () => {
  test.each(documents.urls)("%s renders, and its links and pictures lead somewhere", (url) => {
    const document = documents.at(url);
    expect(document?.headings.filter(({ depth }) => depth === 1).map(({ text }) => text)).toEqual([document?.title]);
    const html = document?.html ?? "";
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href = ""]) => href).filter((href) => !/^(?:https?|mailto):/.test(href));
    const broken = links.filter((href) => {
      const [page = "", anchor] = href.split("#");
      const target = documents.at(page === "" ? url : page);
      return target === null || (anchor !== undefined && !target.headings.some(({ id }) => id === anchor));
    });
    expect(broken).toEqual([]);
    for (const [, name = ""] of html.matchAll(/<img src="\/docs\/pictures\/([^"]+)"/g)) {
      expect(documents.picture(name)?.slice(1, 4)).toEqual(new TextEncoder().encode("PNG"));
    }
  });

  test("are all in the table of contents, by task first", () => {
    const groups = documents.groups();
    expect(groups.map(({ name }) => name)).toEqual(["Tasks", "Reference"]);
    expect(groups[0]?.documents[0]).toEqual({ title: "Installation", href: "/docs/installation" });
    const listed = groups.flatMap(({ documents }) => documents.map(({ href }) => href));
    expect(["/docs", ...listed].toSorted()).toEqual([...documents.urls].toSorted());
  });

  test.each(["/docs/../package", "/docs/README", "/docs/cli.md", "/docs/wire", "/docs//cli", "/docs/", ""])(
    "there is none at %j",
    (url) => {
      expect(documents.at(url)).toBeNull();
    },
  );

  test.each(["../package.json", "cli.md", "wire/releases.md", "../docs/board.png", ""])("%j is no picture", (name) => {
    expect(documents.picture(name)).toBeNull();
  });
});

test("without a folder there are no documents", () => {
  const none = openDocuments([path.join(import.meta.dirname, "nowhere")]);
  expect([none.urls, none.groups(), none.at("/docs"), none.picture("board.png")]).toEqual([[], [], null, null]);
});

describe("a document", () => {
  const html = (markdown: string) =>
    renderDocument(markdown, { file: "wire/a.md", files: new Set(["wire/a.md", "wire/b.md", "c.md", "d.png", "README.md"]) }).html.trim();

  test.each([
    ["[b](b.md)", '<p><a href="/docs/wire/b">b</a></p>'],
    ["[c](../c.md#part)", '<p><a href="/docs/c#part">c</a></p>'],
    ["[all](../README.md)", '<p><a href="/docs">all</a></p>'],
    ["[here](#part)", '<p><a href="#part">here</a></p>'],
    ["[map](../../AGENTS.md)", "<p>map (<code>AGENTS.md</code>)</p>"],
    ["[`AGENTS.md`](../../AGENTS.md)", "<p><code>AGENTS.md</code></p>"],
    ["![D](../d.png)", '<p><img src="/docs/pictures/d.png" alt="D" loading="lazy"></p>'],
    ["![D](https://elsewhere.test/d.png)", "<p>D</p>"],
    ["[bad](javascript:alert(1))", "<p>bad (<code>docs/wire/javascript:alert(1)</code>)</p>"],
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>"],
    ["## Two `words`", '<h2 id="two-words">Two <code>words</code></h2>'],
    ["## A\n\n## A", '<h2 id="a">A</h2>\n<h2 id="a-1">A</h2>'],
  ])("%j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test("has code with a button that copies it", () => {
    expect(html("```sh\na <b>\n```")).toContain(
      '<code>a &lt;b&gt;</code></pre><p><output></output><button type="button" data-copy>Copy</button>',
    );
  });

  test("has no empty header cells", () => {
    expect(html("| | a |\n|---|---|\n| b | c |")).toContain("<thead><tr><td></td><th>a</th></tr></thead>");
    expect(html("| | |\n|---|---|\n| a | b |")).toContain("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>");
  });
});
