"use client";

import type { ComparisonView } from "@landfall/schema/releases/compare";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBraces, IconMarkdown } from "@tabler/icons-react";
import { copyText } from "#ui/copy-text.ts";

/** Buttons that copy a comparison as Markdown or JSON. */
export function CopyComparison({ comparison }: { readonly comparison: ComparisonView }) {
  const copy = async (format: "Markdown" | "JSON") => {
    const text =
      format === "JSON"
        ? JSON.stringify(comparison, null, 2)
        : (await import("@landfall/domain/comparison/comparison-markdown")).comparisonMarkdown(comparison);
    const isCopied = await copyText(text);
    notifications.show(
      isCopied
        ? { message: `Copied the comparison as ${format}.` }
        : { color: "red", message: "The browser blocked copying. It requires HTTPS or localhost." },
    );
  };
  return (
    <>
      <Button variant="default" leftSection={<IconMarkdown size={14} aria-hidden="true" />} onClick={() => void copy("Markdown")}>
        Copy as Markdown
      </Button>
      <Button variant="default" leftSection={<IconBraces size={14} aria-hidden="true" />} onClick={() => void copy("JSON")}>
        Copy as JSON
      </Button>
    </>
  );
}
