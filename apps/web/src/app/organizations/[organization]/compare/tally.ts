import type { ComparisonView } from "@landfall/schema/views/compare";

/** How much of one kind is on which side; `both` is null for what cannot be in both. */
export type SideCounts = {
  readonly what: "Commits" | "People" | "Files" | "Deploys";
  readonly base: number;
  readonly both: number | null;
  readonly head: number;
};

/** A comparison in numbers. People are left out where the comparison does not name all of them. */
export function countBySide({ base, head, commits, people, files }: ComparisonView): SideCounts[] {
  const apart = ({ onlyBase, both, onlyHead }: ComparisonView["commits"] | ComparisonView["files"]) => ({
    base: onlyBase.total,
    both: both.total,
    head: onlyHead.total,
  });
  const peopleWhere = (holds: (person: ComparisonView["people"]["items"][number]) => boolean) => people.items.filter(holds).length;
  const namesAll = people.items.length === people.total;
  return [
    { what: "Commits", ...apart(commits) },
    ...(namesAll
      ? [
          {
            what: "People",
            base: peopleWhere((person) => person.head === 0),
            both: peopleWhere((person) => person.base > 0 && person.head > 0),
            head: peopleWhere((person) => person.base === 0),
          } as const,
        ]
      : []),
    { what: "Files", ...apart(files) },
    { what: "Deploys", base: base.deploys.total, both: null, head: head.deploys.total },
  ];
}
