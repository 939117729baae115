/** How the releases page can be sorted. Apart from the shapes, so that a browser need not load what checks them. */
export const BROWSE_SORTS = ["date", "semver", "build"] as const;
export type BrowseSort = (typeof BROWSE_SORTS)[number];
