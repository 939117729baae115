"use client";

import { createTheme, type MantineColorsTuple, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";

type ThemeProviderProps = {
  /** The nonce of the response, for style elements. */
  readonly nonce: string;
  readonly children: ReactNode;
};

/** Sets the theme of Mantine's components, and renders notifications. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce} withGlobalClasses={false}>
      {children}
      <Notifications position="bottom-right" limit={4} />
    </MantineProvider>
  );
}

/** The brand color, from light to dark. */
const tide: MantineColorsTuple = [
  "#e6f6f7",
  "#cfe9ec",
  "#a3d3d9",
  "#73bcc6",
  "#4ea8b5",
  "#3399a8",
  "#1f8494",
  "#0f6e7d",
  "#0b5f6b",
  "#064650",
];

/** The grays of the dark theme, from text to background, as in `style.css`. */
const night: MantineColorsTuple = [
  "#e6ecee",
  "#c3cdd1",
  "#9fadb3",
  "#7d8b92",
  "#3b474c",
  "#2e383d",
  "#1f2629",
  "#171c1f",
  "#111517",
  "#0b0e10",
];

/** Mantine's red, with darker shades for white text. */
const red: MantineColorsTuple = [
  "#fff5f5",
  "#ffe3e3",
  "#ffc9c9",
  "#ffa8a8",
  "#ff8787",
  "#ff6b6b",
  "#e03131",
  "#c92a2a",
  "#b42318",
  "#8f1d14",
];

/** Props of all dialogs. */
const dialog = {
  // style.css keeps the page behind from scrolling; Mantine would insert a style element that the content security policy blocks.
  lockScroll: false,
  transitionProps: { duration: 0 },
  closeButtonProps: { "aria-label": "Close" },
  // A page has one banner, which is not the header of a dialog.
  attributes: { header: { role: "presentation" } },
};

/** The theme: small controls in the colors of `style.css`. */
const theme = createTheme({
  primaryColor: "tide",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { tide, red, dark: night },
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily: "var(--font), 'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: "650" },
  respectReducedMotion: true,
  components: {
    // Nearly every field is required; the others are labeled "optional".
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "sm", withAsterisk: false } },
    PasswordInput: { defaultProps: { size: "sm", withAsterisk: false } },
    Textarea: { defaultProps: { size: "sm", withAsterisk: false } },
    NativeSelect: { defaultProps: { size: "sm", withAsterisk: false } },
    Select: { defaultProps: { size: "sm", withAsterisk: false } },
    Checkbox: { defaultProps: { size: "xs" } },
    Modal: { defaultProps: { ...dialog, centered: true } },
    Drawer: { defaultProps: dialog },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: "md" } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } },
  },
});
