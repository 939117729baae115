/** The longest notes kept, in characters. Apart from the shapes, so that a browser need not load what checks them. */
export const MAX_NOTES_LENGTH = 20_000;
