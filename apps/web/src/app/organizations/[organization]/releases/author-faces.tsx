import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { Face } from "../../../../ui/face.tsx";
import { Faces } from "../../../../ui/faces.tsx";
import classes from "./author-faces.module.css";

/** How many people have a face. */
const FACES = 4;

/** Who wrote a release's commits: people first, and apart from them that programs did too. */
export function AuthorFaces({ line: { people, peopleCount } }: { readonly line: ReleaseLineView }) {
  const persons = people.filter(({ isBot }) => !isBot);
  const bots = people.filter(({ isBot }) => isBot);
  const [bot] = bots;
  const more = peopleCount - people.length + Math.max(0, persons.length - FACES);
  return (
    <span className={classes["authors"]}>
      <Faces people={persons.slice(0, FACES)} most={FACES} />
      {more > 0 && <small className="soft">+{more}</small>}
      {bot && (
        <span className={classes["bots"]} title={`Programs: ${bots.map(({ name, email }) => name ?? email).join(", ")}`}>
          <Face {...bot} />
          <span className="unseen">{bots.length === 1 ? "and a program" : `and ${bots.length} programs`}</span>
        </span>
      )}
    </span>
  );
}
