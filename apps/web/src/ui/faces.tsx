import { Avatar } from "./face.tsx";
import classes from "./faces.module.css";

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
