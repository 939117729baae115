/** The name the boxes of the list are sent by: each has the main address of a person. */
export const CONTRIBUTOR_FIELD = "person";
