import type { MailmapView } from "@landfall/schema/views/people";

/** What a .mailmap changes, in a sentence. */
export function describeMailmap({ merged, renamed }: Pick<MailmapView, "merged" | "renamed">, isImported: boolean): string {
  if (merged + renamed === 0) return "It changes nothing: everybody is called so already, or known by none of these addresses.";
  const addresses = merged === 1 ? "1 address" : `${merged.toLocaleString("en")} addresses`;
  const names = renamed === 1 ? "1 name" : `${renamed.toLocaleString("en")} names`;
  const parts = [
    ...(merged > 0 ? [`${addresses} ${isImported ? (merged === 1 ? "was" : "were") : "would be"} merged`] : []),
    ...(renamed > 0 ? [`${names} ${isImported ? "corrected" : "would be corrected"}`] : []),
  ];
  return `${parts.join(", ")}.`;
}
