import type { PersonBriefView } from "@landfall/schema/views/brief";
import { Avatar } from "../face.tsx";
import classes from "./deployer.module.css";

/** Who deployed: a person's face, or a key where it was a token of the organization. */
export function Deployer({ deployer }: { readonly deployer: Pick<PersonBriefView, "name" | "email" | "isBot"> | null }) {
  if (deployer) return <Avatar {...deployer} />;
  return (
    <span className={classes["token"]} title="Reported with a token of the organization">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="5.5" cy="10.5" r="2.75" />
        <path d="m7.5 8.5 5.5-5.5m-2 2 1.75 1.75" />
      </svg>
      <span className="unseen">a token</span>
    </span>
  );
}
