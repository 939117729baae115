"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useReturnFocus } from "#ui/keyboard/use-return-focus.ts";
import type { EditableRelease } from "./release-menu.tsx";

const DeployDialog = dynamic(() => import("./deploy-dialog.tsx").then((module) => module.DeployDialog));

/** A button that opens the dialog to record a deploy. */
export function RecordDeploy({ release }: { readonly release: Pick<EditableRelease, "organization" | "version" | "projects"> }) {
  const [isOpen, setOpen] = useState(false);
  const button = useReturnFocus<HTMLButtonElement>(isOpen);
  return (
    <>
      <Button ref={button} variant="default" onClick={() => setOpen(true)}>
        Record a deploy
      </Button>
      {isOpen && <DeployDialog release={release} onClose={() => setOpen(false)} />}
    </>
  );
}
