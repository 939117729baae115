const MAX_EMAIL_LENGTH = 75;

/**
 * The address a commit's author is known by, in lower case, or null for nobody (contract 14.4): the one sent; without one, made
 * from the name (`Foo Bar` → `foobar@localhost`); longer than 75 characters, cut to 72 and `...`.
 */
export function authorEmail(email: string | null | undefined, name: string | null | undefined): string | null {
  if (email === "") return null;
  const address = email ?? (name ? `${name.replace(/[^A-Za-z0-9_.-]/g, "")}@localhost` : null);
  if (address === null) return null;
  const characters = [...address.toLowerCase()];
  return characters.length > MAX_EMAIL_LENGTH ? `${characters.slice(0, MAX_EMAIL_LENGTH - 3).join("")}...` : characters.join("");
}
