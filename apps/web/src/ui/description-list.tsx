import type { ReactNode } from "react";
import classes from "./description-list.module.css";

/** Names with what is to be said of them, one below the other. */
export function DescriptionList({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes["facts"]}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
