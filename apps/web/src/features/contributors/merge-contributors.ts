/** A step to undo a merge: separates these addresses, and merges them into `into`. */
export type UndoMergeStep = { readonly into: string; readonly emails: readonly string[] };

/**
 * Returns the steps to undo a merge. The contributor with the main address stays; the others are separated with all their addresses.
 * `groups` are the addresses of each contributor before the merge.
 */
export function undoMergeSteps(groups: readonly (readonly string[])[], main: string): UndoMergeStep[] {
  return groups.flatMap((emails) => {
    const [into] = emails;
    return into === undefined || emails.includes(main) ? [] : [{ into, emails }];
  });
}

/** The form field of the list's checkboxes; its values are main addresses. */
export const CONTRIBUTOR_FIELD = "person";
