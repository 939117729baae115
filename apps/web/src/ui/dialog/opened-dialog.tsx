"use client";

import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./dialog.module.css";

type OpenedDialogProps = {
  readonly title: string;
  readonly closesOnClickOutside: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A dialog in the middle of the page. */
export function OpenedDialog({ title, closesOnClickOutside, onClose, children }: OpenedDialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={closesOnClickOutside}
      classNames={{ title: classes["title"] ?? "" }}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {children}
    </Modal>
  );
}
