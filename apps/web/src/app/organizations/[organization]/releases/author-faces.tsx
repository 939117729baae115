import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { Avatar } from "../../../../ui/face.tsx";
import { AvatarGroup } from "../../../../ui/faces.tsx";
import classes from "./author-faces.module.css";

/** How many people have a face. */
const AVATAR_LIMIT = 4;

/** Who wrote a release's commits: people first, and apart from them that programs did too. */
export function ContributorAvatars({ line: { people, peopleCount } }: { readonly line: ReleaseLineView }) {
  const persons = people.filter(({ isBot }) => !isBot);
  const bots = people.filter(({ isBot }) => isBot);
  const [bot] = bots;
  const more = peopleCount - people.length + Math.max(0, persons.length - AVATAR_LIMIT);
  return (
    <span className={classes["authors"]}>
      <AvatarGroup people={persons.slice(0, AVATAR_LIMIT)} most={AVATAR_LIMIT} />
      {more > 0 && <small className="soft">+{more}</small>}
      {bot && (
        <span className={classes["bots"]} title={`Programs: ${bots.map(({ name, email }) => name ?? email).join(", ")}`}>
          <Avatar {...bot} />
          <span className="unseen">{bots.length === 1 ? "and a program" : `and ${bots.length} programs`}</span>
        </span>
      )}
    </span>
  );
}
