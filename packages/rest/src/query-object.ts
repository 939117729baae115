/** Parameters that may be given several times; of any other the last one counts. */
const REPEATABLE = new Set(["project", "projectSlug", "environment"]);

/** A query string as the object an operation takes. */
export function queryObject(search: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  if (search === "") return query;
  const params = new URLSearchParams(search);
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    query[name] = REPEATABLE.has(name) ? values : values.at(-1);
  }
  return query;
}
