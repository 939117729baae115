import { initials } from "./initials.ts";
import { colorIndex } from "./tone-of.ts";
import classes from "./face.module.css";

type AvatarProps = { readonly name: string | null; readonly email: string; readonly isBot?: boolean };

/** A person as two letters on a colour of theirs; the name is its title. Bots are square. */
export function Avatar({ name, email, isBot = false }: AvatarProps) {
  return (
    <span className={classes["face"]} data-bot={isBot || undefined} data-tone={colorIndex(email)} title={name ? `${name} <${email}>` : email}>
      <span aria-hidden="true">{isBot ? "⚙" : initials(name, email)}</span>
    </span>
  );
}
