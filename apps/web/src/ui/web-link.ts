/** The address a stored text leads to, when it is one of the web; null for all else, such as a script. */
export function safeWebUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
