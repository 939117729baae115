/** How every page is looked at: in both themes, on a desk and on a phone. */
export const VIEWS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, name: "wide", viewport: { width: 1280, height: 800 } },
  { colorScheme, name: "narrow", viewport: { width: 390, height: 800 } },
]);
