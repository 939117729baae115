"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { theme } from "./theme.ts";

type ThemeProviderProps = {
  /** What the answer's style elements must carry. */
  readonly nonce: string;
  readonly children: ReactNode;
};

/** Gives Mantine's components their looks and the place for short messages. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce} withGlobalClasses={false}>
      {children}
      <Notifications position="bottom-right" limit={4} />
    </MantineProvider>
  );
}
