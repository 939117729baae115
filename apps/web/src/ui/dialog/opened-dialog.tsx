"use client";

import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./dialog.module.css";

type OpenedDialogProps = {
  readonly title: string;
  /** Whether a click beside the dialog leaves it. */
  readonly leaves: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A dialog in the middle of the page. */
export function OpenedDialog({ title, leaves, onClose, children }: OpenedDialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={leaves}
      classNames={{ title: classes["title"] ?? "" }}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {children}
    </Modal>
  );
}
