/** What takes a merge apart again: these addresses are separated, and all after the first are merged into it. */
export type UndoMergeStep = { readonly into: string; readonly emails: readonly string[] };

/**
 * How to make several people of one again: whoever has the main address stays, the others are taken out with all addresses they had.
 * `groups` are the addresses of each as they were.
 */
export function undoMergeSteps(groups: readonly (readonly string[])[], main: string): UndoMergeStep[] {
  return groups.flatMap((emails) => {
    const [into] = emails;
    return into === undefined || emails.includes(main) ? [] : [{ into, emails }];
  });
}

/** The name the boxes of the list are sent by: each has the main address of a person. */
export const CONTRIBUTOR_FIELD = "person";
