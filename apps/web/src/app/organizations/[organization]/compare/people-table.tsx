import type { ComparedSideView, ComparisonView } from "@landfall/schema/views/compare";
import type { Addresses } from "../../../../ui/addresses.ts";
import { Face } from "../../../../ui/face.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import classes from "./comparison.module.css";

type PeopleTableProps = {
  readonly to: Addresses;
  readonly people: ComparisonView["people"];
  readonly base: ComparedSideView;
  readonly head: ComparedSideView;
};

/** Who wrote how many commits of each side. */
export function PeopleTable({ to, people, base, head }: PeopleTableProps) {
  return (
    <table className={classes["people"]}>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col" title={base.release.version}>
            From
          </th>
          <th scope="col" title={head.release.version}>
            To
          </th>
        </tr>
      </thead>
      <tbody>
        {people.items.map(({ person, base: ofBase, head: ofHead }) => (
          <tr key={`${person.email} ${person.userId}`} data-row="">
            <td>
              <Face {...person} />
              <PageLink href={to.person(person.email)} data-open="" className="cut" title={person.email}>
                {person.name ?? person.email}
              </PageLink>
            </td>
            <td>{ofBase.toLocaleString("en")}</td>
            <td>{ofHead.toLocaleString("en")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
