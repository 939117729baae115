import type { RetentionItemView, RetentionPreviewView } from "@landfall/schema/views/retention";
import type { Outcome } from "../../../../../page-data/act.ts";
import { bytesText } from "../../../../../ui/bytes-text.ts";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import classes from "./storage.module.css";
import { counted } from "../../../../../ui/counted.ts";
import { totalsWords } from "./totals-words.ts";

/** What would go, and how much it is. */
export function Going({ preview }: { readonly preview: Outcome<RetentionPreviewView> }) {
  return (
    <div className={classes["preview"]}>
      <output>{previewWords(preview)}</output>
      {preview?.kind === "done" && preview.value.items.length > 0 && <Items preview={preview.value} />}
    </div>
  );
}

function previewWords(preview: Outcome<RetentionPreviewView>): string {
  if (preview === null) return "Looking what would go…";
  if (preview.kind === "refused") return preview.message ?? "What would go is shown once the rule is in order.";
  const { totals, isWhole } = preview.value;
  const words = totalsWords(totals);
  return words === "nothing" ? "Nothing would go." : `Would free ${isWhole ? "" : "at least "}${words}.`;
}

function Items({ preview: { items, next } }: { readonly preview: RetentionPreviewView }) {
  return (
    <ul aria-label="What would go">
      {items.map((item) => (
        <li key={`${item.kind} ${item.id} ${item.dateUploaded}`}>
          <span>{whatOf(item)}</span>
          <span className="soft">
            {counted(item.files, "file")}, {bytesText(item.bytes)}, <TimeAgo at={item.dateUploaded} />
            {item.isOnlyTaken && "; another project has it too, so only this one lets go of it"}
          </span>
        </li>
      ))}
      {next?.hasResults && <li className="soft">… and more.</li>}
    </ul>
  );
}

function whatOf({ kind, id, versions }: RetentionItemView): string {
  if (kind === "files") return `Files of ${id}`;
  return versions.length === 0 ? `Bundle ${id}, of no release` : `Bundle of ${versions.join(", ")}`;
}
