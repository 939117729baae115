import classes from "./avatar.module.css";

type AvatarProps = { readonly name: string | null; readonly email: string; readonly isBot?: boolean };

/** A person as two letters on a colour of theirs; the name is its title. Bots are square. */
export function Avatar({ name, email, isBot = false }: AvatarProps) {
  return (
    <span
      className={classes["face"]}
      data-bot={isBot || undefined}
      data-tone={colorIndex(email)}
      title={name ? `${name} <${email}>` : email}
    >
      <span aria-hidden="true">{isBot ? "⚙" : initials(name, email)}</span>
    </span>
  );
}

type Person = { readonly name: string | null; readonly email: string; readonly isBot?: boolean };

/** Some people as a row of faces, with the number of those left out. */
export function AvatarGroup({ people, most = 5 }: { readonly people: readonly Person[]; readonly most?: number }) {
  if (people.length === 0) return null;
  const more = people.length - most;
  return (
    <span className={classes["faces"]}>
      <span className="unseen">{people.map(({ name, email }) => name ?? email).join(", ")}</span>
      {people.slice(0, most).map((person) => (
        <Avatar key={person.email} {...person} />
      ))}
      {more > 0 && <small>+{more}</small>}
    </span>
  );
}

/** One or two letters for a person: of the first and the last word of the name, else of the address. */
export function initials(name: string | null, email: string): string {
  // Whoever has no name is often called by their address.
  const words = (name === null || name.includes("@") ? "" : name).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? email];
  return chosen.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 63).toUpperCase()).join("");
}

const COLORS = 8;

/** A colour's number for a text, always the same for the same text: 0 to 7. */
export function colorIndex(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % COLORS;
}
