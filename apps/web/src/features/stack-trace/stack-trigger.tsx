"use client";

import { Button, Kbd } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useReturnFocus } from "#ui/keyboard/use-return-focus.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import classes from "./stack.module.css";

/** The initial values of the panel. */
export type StackContext = {
  readonly organization: string;
  /** The projects to choose from; the first is selected. */
  readonly projects: readonly string[];
  readonly release: string;
  readonly dist: string;
  /** The dists with artifacts, as suggestions. */
  readonly dists: readonly string[];
  /** A stack trace to start with, for sample data. */
  readonly example?: string | undefined;
};

const StackPanel = dynamic(() => import("./stack-panel.tsx").then((module) => module.StackPanel), {
  ssr: false,
  loading: () => <output className="soft">Opening…</output>,
});

/** A button and a key that open the panel to resolve a stack trace. The panel is loaded when it opens. */
export function StackTrigger({ isOpen: isInitiallyOpen, ...context }: StackContext & { readonly isOpen: boolean }) {
  const [isOpen, setOpen] = useState(isInitiallyOpen);
  const button = useReturnFocus<HTMLButtonElement>(isOpen);
  const open = () => setOpen(true);
  useShortcuts("This page", [{ keys: "t", label: "Paste a stack trace", run: open }]);
  return (
    <>
      <Button
        ref={button}
        variant="default"
        onClick={() => setOpen(!isOpen)}
        aria-expanded={isOpen}
        leftSection={<IconBraces size={14} aria-hidden="true" />}
        rightSection={<Kbd size="xs">t</Kbd>}
      >
        Paste a stack trace
      </Button>
      {isOpen && (
        <section className={classes["panel"]} aria-label="Resolve a stack trace">
          <StackPanel context={context} onClose={() => setOpen(false)} />
        </section>
      )}
    </>
  );
}
