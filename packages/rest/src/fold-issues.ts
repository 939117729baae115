import type { Issue } from "@landfall/schema/error";

type Folded = { [key: string]: string[] | Folded };

/**
 * Issues in the wire's shape: field names nest, list indexes vanish (`{"commits":{"id":["This field is required."]}}`), and what is
 * about the whole input stands under `non_field_errors` (contract 1.19).
 */
export function foldIssues(issues: readonly Issue[]): Folded {
  const root: Folded = Object.create(null);
  for (const { path, message } of issues) {
    const names = path.filter((step) => typeof step === "string");
    addMessage(root, names.length > 0 ? names : ["non_field_errors"], message);
  }
  return root;
}

function addMessage(folded: Folded, [name = "", ...rest]: readonly string[], message: string): void {
  const there = folded[name];
  if (rest.length === 0) {
    if (there === undefined) folded[name] = [message];
    else if (Array.isArray(there)) there.push(message);
    return;
  }
  if (Array.isArray(there)) return;
  const inner: Folded = there ?? Object.create(null);
  folded[name] = inner;
  addMessage(inner, rest, message);
}
