import classes from "./avatar.module.css";

type AvatarProps = { readonly name: string | null; readonly email: string; readonly isBot?: boolean };

/** Initials on a color derived from the email address, with the name as title. Bots are square. */
export function Avatar({ name, email, isBot = false }: AvatarProps) {
  return (
    <span
      className={classes["avatar"]}
      data-bot={isBot || undefined}
      data-tone={colorIndex(email)}
      title={name ? `${name} <${email}>` : email}
    >
      <span aria-hidden="true">{isBot ? "⚙" : initials(name, email)}</span>
    </span>
  );
}

type Person = { readonly name: string | null; readonly email: string; readonly isBot?: boolean };

/** The avatars of at most `most` people, and how many more there are. */
export function AvatarGroup({ people, most = 5 }: { readonly people: readonly Person[]; readonly most?: number }) {
  if (people.length === 0) return null;
  const more = people.length - most;
  return (
    <span className={classes["group"]}>
      <span className="unseen">{people.map(({ name, email }) => name ?? email).join(", ")}</span>
      {people.slice(0, most).map((person) => (
        <Avatar key={person.email} {...person} />
      ))}
      {more > 0 && <small>+{more}</small>}
    </span>
  );
}

/** Returns one or two letters: of the first and last word of the name, otherwise of the email address. */
export function initials(name: string | null, email: string): string {
  // Git clients set the email address as the name of authors without one.
  const words = (name === null || name.includes("@") ? "" : name).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? email];
  return chosen.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 63).toUpperCase()).join("");
}

const COLORS = 8;

/** Returns the number of a color for a text, 0 to 7; always the same for the same text. */
export function colorIndex(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % COLORS;
}
