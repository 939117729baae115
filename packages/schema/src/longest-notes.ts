/** The longest notes kept, in characters. Apart from the shapes, so that a browser need not load what checks them. */
export const LONGEST_NOTES = 20_000;
