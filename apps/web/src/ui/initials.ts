/** One or two letters for a person: of the first and the last word of the name, else of the address. */
export function initials(name: string | null, email: string): string {
  // Whoever has no name is often called by their address.
  const words = (name === null || name.includes("@") ? "" : name).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? email];
  return chosen.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 63).toUpperCase()).join("");
}
