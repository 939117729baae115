const MAX_LENGTH = 200;

/** Returns the first line of a commit message, cut to 200 characters; "" if there is none. */
export function subjectOf(message: string | null): string {
  const [line = ""] = (message ?? "").trimStart().split(/[\r\n]/, 1);
  // A character takes at most two UTF-16 units, so this cuts nothing that is shown.
  const characters = [...line.slice(0, MAX_LENGTH * 2 + 2).trimEnd()];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join("")}…` : characters.join("");
}
