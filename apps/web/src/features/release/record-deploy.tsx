"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { EditableRelease } from "./release-menu.tsx";

const DeployDialog = dynamic(() => import("./deploy-dialog.tsx").then((module) => module.DeployDialog));

/** A button that opens the dialog to record a deploy. */
export function RecordDeploy({ release }: { readonly release: Pick<EditableRelease, "organization" | "version" | "projects"> }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    setTimeout(() => button.current?.focus());
  };
  return (
    <>
      <Button ref={button} variant="default" onClick={() => setOpen(true)}>
        Record a deploy
      </Button>
      {isOpen && <DeployDialog release={release} onClose={close} />}
    </>
  );
}
