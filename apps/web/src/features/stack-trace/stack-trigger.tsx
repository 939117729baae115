"use client";

import { Button, Kbd } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useReturnFocus } from "#ui/dialog/use-return-focus.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import classes from "./stack.module.css";

/** What a stack trace is resolved with. */
export type StackContext = {
  readonly organization: string;
  /** Those to choose from; the first is chosen. */
  readonly projects: readonly string[];
  readonly release: string;
  readonly dist: string;
  /** Those there is something for. */
  readonly dists: readonly string[];
  /** A trace to try it with, where one is known that can be resolved. */
  readonly example?: string | undefined;
};

const StackPanel = dynamic(() => import("./stack-panel.tsx").then((module) => module.StackPanel), {
  ssr: false,
  loading: () => <output className="soft">Opening…</output>,
});

/** A button, and a key, that open the panel a stack trace is pasted into. What the panel needs is loaded then. */
export function StackTrigger({ isOpen: isOpenFirst, ...place }: StackContext & { readonly isOpen: boolean }) {
  const [isOpen, setOpen] = useState(isOpenFirst);
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
          <StackPanel place={place} onClose={() => setOpen(false)} />
        </section>
      )}
    </>
  );
}
