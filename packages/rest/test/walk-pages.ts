import { expect } from "vitest";
import { expand, get, type Step } from "./steps.ts";
import type { ScenarioContext } from "./scenario-context.ts";

/** A longer list fails, since it may have no end. */
const MOST_PAGES = 250;

/** Follows a list from page to page to its end and back: both directions return exactly these values of a field, in order. */
export const pagesThrough =
  (path: string, values: readonly unknown[], field = "id"): Step =>
  async (on) => {
    const forwards = await follow(on, path, field, "next", "");
    expect(
      forwards.flatMap((page) => page.values),
      `${path} forwards`,
    ).toEqual(values);
    const last = forwards.at(-1);
    const backwards = last?.previous === undefined ? [] : await follow(on, path, field, "previous", last.previous);
    const again = [...backwards.toReversed(), ...(last ? [last] : [])];
    expect(
      again.flatMap((page) => page.values),
      `${path} backwards`,
    ).toEqual(values);
  };

/** Expects a Link header with both relations. */
export const hasLink = (path: string): Step =>
  get(path)
    .returns(200)
    .links({ previous: [expect.any(String), false], next: [expect.any(String), false] });

type Visited = { readonly values: unknown[]; readonly next: string | undefined; readonly previous: string | undefined };

async function follow(on: ScenarioContext, path: string, field: string, direction: "next" | "previous", from: string): Promise<Visited[]> {
  const pages: Visited[] = [];
  for (let cursor: string | undefined = from; cursor !== undefined;) {
    const page: Visited = await visit(on, `${expand(path, on)}${path.includes("?") ? "&" : "?"}cursor=${cursor}`, field);
    pages.push(page);
    if (pages.length > MOST_PAGES) throw new Error(`${path} has more than ${MOST_PAGES} pages`);
    cursor = page[direction];
  }
  return pages;
}

async function visit(on: ScenarioContext, path: string, field: string): Promise<Visited> {
  const { body, headers } = await on.wire.get(path, { token: await on.token("member") });
  const link = headers.get("link") ?? "";
  const behind = (rel: string) => new RegExp(`rel="${rel}"; results="true"; cursor="([^"]*)"`).exec(link)?.[1];
  const values = Array.isArray(body) ? body.map((item: Record<string, unknown>) => item[field]) : [];
  return { values, next: behind("next"), previous: behind("previous") };
}
