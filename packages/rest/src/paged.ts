import type { Page } from "@landfall/schema/views/page";
import { linkHeader } from "./link-header.ts";
import type { Answer, Exchange } from "./route.ts";

/** Answers the items of a page, with the `Link` header that leads to its neighbours (contract 15.4). */
export function paged<T>(page: Page<T>, { context, path, search }: Exchange): Answer {
  const link = linkHeader(`${context.origin}${path}`, search, page);
  return { status: 200, body: page.items, ...(link === null ? {} : { headers: { Link: link } }) };
}
