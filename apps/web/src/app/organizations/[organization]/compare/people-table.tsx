import type { ComparedSideView, ComparisonView } from "@landfall/schema/views/compare";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Avatar } from "../../../../ui/face.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import classes from "./comparison.module.css";

type ContributorTableProps = {
  readonly to: OrganizationUrls;
  readonly people: ComparisonView["people"];
  readonly base: ComparedSideView;
  readonly head: ComparedSideView;
};

/** Who wrote how many commits of each side. */
export function ContributorTable({ to, people, base, head }: ContributorTableProps) {
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
              <Avatar {...person} />
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
