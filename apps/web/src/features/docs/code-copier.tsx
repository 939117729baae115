"use client";

import { useEffect } from "react";
import { COPY_REFUSED, copyText } from "#ui/copy-text.ts";

/** Makes the Copy buttons of a document's code blocks work. They are part of its HTML, so that a page needs no script per block. */
export function CodeCopier() {
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      const block = target instanceof HTMLElement && target.matches("button[data-copy]") ? target.closest("[data-code]") : null;
      if (block) void copyBlock(block);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, []);
  return null;
}

async function copyBlock(block: Element): Promise<void> {
  const wasCopied = await copyText(block.querySelector("code")?.textContent ?? "");
  const output = block.querySelector("output");
  if (output) output.textContent = wasCopied ? "Copied." : COPY_REFUSED;
}
