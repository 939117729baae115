/** Fields that are lists in every input of the wire: a form names them once for each element. */
const LISTS = new Set(["projects", "commits", "refs", "headCommits"]);

/** A form as the object its JSON body would be; of a repeated field the last value counts, unless it is a list. Files are left out. */
export function formObject(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === "string");
    if (values.length > 0) fields[name] = LISTS.has(name) ? values : values.at(-1);
  }
  return fields;
}
