import { browserClient } from "../browser-client.ts";
import type { SearchResults } from "./palette-groups.ts";

const COMMITS = 6;
const OTHERS = 4;
/** The server reads no longer questions. */
const MAX_LENGTH = 200;

/**
 * What the organization has of a text, in one request: the browser's cookie says who asks. Where only commits can be searched for it, the
 * rest is empty. Throws a `LandfallError`.
 */
export async function searchServer(organization: string, text: string, signal: AbortSignal): Promise<SearchResults> {
  const client = await browserClient();
  const query = text.trim().slice(0, MAX_LENGTH);
  const few = { organization, query, per_page: OTHERS };
  const [changes, releases, people, projects] = await Promise.allSettled([
    client.find.changes.query({ organization, query, limit: COMMITS }, { signal }),
    client.releases.browse.query({ ...few, project: "-1" }, { signal }),
    client.people.list.query(few, { signal }),
    client.projects.list.query(few, { signal }),
  ]);
  if (changes.status === "rejected") throw changes.reason;
  return { at: new Date(), changes: changes.value, releases: itemsOf(releases), people: itemsOf(people), projects: itemsOf(projects) };
}

const itemsOf = <T>(answer: PromiseSettledResult<{ readonly items: readonly T[] }>): readonly T[] =>
  answer.status === "fulfilled" ? answer.value.items : [];
