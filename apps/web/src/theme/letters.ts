import localFont from "next/font/local";

/** The letters of most texts, loaded with the page so that it looks the same on every system. Those of other alphabets are loaded where they occur. */
export const font = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--letters",
  adjustFontFallback: false,
});
