import type { Reader } from "@landfall/db/store";
import type { BundleLineView } from "@landfall/schema/views/bundle-line";
import type { Page } from "@landfall/schema/views/page";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import type { PageRequest } from "../pagination/page-request.ts";
import { describeBundleLines } from "./describe-bundle-lines.ts";

/** Reads the ids of so many bundles from one on. */
type ReadIds = (window: { readonly limit: number; readonly offset: number }) => Promise<readonly { readonly id: number }[]>;

/** A page of bundles as lines. Six statements, and one more for what was searched; all of them whatever the page holds. */
export async function readBundlePage(
  db: Reader,
  access: Access,
  input: PageRequest & { readonly query?: string | undefined },
  read: ReadIds,
): Promise<Page<BundleLineView>> {
  const window = offsetWindow(input, { usual: 10 });
  const { items, ...links } = offsetPage(window, await read(window));
  const reach = await reachableProjects(db, access);
  const ids = items.map(({ id }) => id);
  return { items: await describeBundleLines(db, { ids, reach, query: input.query ?? "" }), ...links };
}
