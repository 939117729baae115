const EXCERPT_LINES = 12;
const EXCERPT_CHARACTERS = 1500;

/** The first lines of a Markdown text. A block of code that is cut off is closed. */
export function excerptOf(markdown: string): string {
  const lines = markdown.slice(0, EXCERPT_CHARACTERS).toWellFormed().split("\n").slice(0, EXCERPT_LINES);
  const text = lines.join("\n");
  if (text.length >= markdown.trimEnd().length) return markdown;
  const fences = lines.filter((line) => /^ {0,3}(?:```|~~~)/.test(line));
  const isOpen = fences.length % 2 === 1;
  return `${text}${isOpen ? `\n${fences.at(-1)?.trim().slice(0, 3) ?? ""}` : ""}\n\n…`;
}
