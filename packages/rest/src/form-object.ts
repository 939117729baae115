/** Fields that are lists in every input of the wire: a form names them once for each element. */
const LISTS = new Set(["projects", "commits", "refs", "headCommits"]);

/** Returns the fields of a form as the object that its JSON body would be. */
export const formObject = (fields: Iterable<readonly [name: string, value: string]>): Record<string, unknown> =>
  collectFields(fields, (name) => LISTS.has(name));

/**
 * Collects named values in one pass, in the order of their first appearance: of a repeated name the last value, or all of them if it is a
 * list. The result has no prototype.
 */
export function collectFields(
  fields: Iterable<readonly [name: string, value: string]>,
  isList: (name: string) => boolean,
): Record<string, unknown> {
  const collected: Record<string, unknown> = Object.create(null);
  for (const [name, value] of fields) {
    const known = collected[name];
    if (!isList(name)) collected[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else collected[name] = [value];
  }
  return collected;
}
