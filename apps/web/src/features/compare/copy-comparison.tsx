"use client";

import type { ComparisonView } from "@landfall/schema/releases/compare";
import { Button } from "@mantine/core";
import { IconBraces, IconMarkdown } from "@tabler/icons-react";
import { copyWithNotice } from "#ui/notices/notices.tsx";

/** Buttons that copy a comparison as Markdown or JSON. */
export function CopyComparison({ comparison }: { readonly comparison: ComparisonView }) {
  const copy = async (format: "Markdown" | "JSON") => {
    const text =
      format === "JSON"
        ? JSON.stringify(comparison, null, 2)
        : (await import("@landfall/domain/comparison/comparison-markdown")).comparisonMarkdown(comparison);
    await copyWithNotice(text, `Copied the comparison as ${format}.`);
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
