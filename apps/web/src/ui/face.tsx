import { initials } from "./initials.ts";
import { toneOf } from "./tone-of.ts";
import classes from "./face.module.css";

type FaceProps = { readonly name: string | null; readonly email: string; readonly isBot?: boolean };

/** A person as two letters on a colour of theirs; the name is its title. Bots are square. */
export function Face({ name, email, isBot = false }: FaceProps) {
  return (
    <span className={classes["face"]} data-bot={isBot || undefined} data-tone={toneOf(email)} title={name ? `${name} <${email}>` : email}>
      <span aria-hidden="true">{isBot ? "⚙" : initials(name, email)}</span>
    </span>
  );
}
