import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Pager } from "./pager.tsx";

const cursor = (name: string, hasResults: boolean) => ({ cursor: name, hasResults });
const render = (previous: boolean, next: boolean) =>
  renderToStaticMarkup(<Pager page={{ previous: cursor("p", previous), next: cursor("n", next) }} hrefOf={(at) => `?cursor=${at}`} />);
const links = (html: string) => [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g)].map(([, href, text]) => [href, text]);

test("links to the pages that have results", () => {
  expect(links(render(true, true))).toEqual([
    ["?cursor=p", "← Newer"],
    ["?cursor=n", "Older →"],
  ]);
  expect(links(render(false, true))).toEqual([["?cursor=n", "Older →"]]);
  expect(links(render(true, false))).toEqual([["?cursor=p", "← Newer"]]);
});

test("renders nothing if there is one page", () => {
  expect(render(false, false)).toBe("");
});
