/** Parameters that may be given several times; of any other the last one counts. */
const REPEATABLE = new Set(["project", "projectSlug", "environment"]);

/** A query string as the object an operation takes; `also` are parameters that may be given several times in this one. */
export function queryObject(search: string, also: readonly string[] = []): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  if (search === "") return query;
  const params = new URLSearchParams(search);
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    query[name] = REPEATABLE.has(name) || also.includes(name) ? values : values.at(-1);
  }
  return query;
}
