import { parentPort } from "node:worker_threads";
import { renderNotesMarkdown } from "@landfall/domain/release-notes/markdown";

/** The thread that renders notes, one after the other. */
parentPort?.on("message", (markdown: string) => parentPort?.postMessage(renderNotesMarkdown(markdown), []));
