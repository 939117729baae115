/** The views that every page is tested in: both themes, desktop and phone width. */
export const VIEWS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, name: "wide", viewport: { width: 1280, height: 800 } },
  { colorScheme, name: "narrow", viewport: { width: 390, height: 800 } },
]);
