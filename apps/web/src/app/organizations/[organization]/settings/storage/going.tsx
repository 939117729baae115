import type { RetentionItemView, RetentionPreviewView } from "@landfall/schema/views/retention";
import type { Outcome } from "../../../../../page-data/outcome.ts";
import { formatBytes } from "../../../../../ui/bytes-text.ts";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import classes from "./storage.module.css";
import { formatCount } from "../../../../../ui/counted.ts";
import { describeTotals } from "./totals-words.ts";

/** What would go, and how much it is. */
export function RetentionPreview({ preview }: { readonly preview: Outcome<RetentionPreviewView> }) {
  return (
    <div className={classes["preview"]}>
      <output>{describePreview(preview)}</output>
      {preview?.kind === "done" && preview.value.items.length > 0 && <Items preview={preview.value} />}
    </div>
  );
}

function describePreview(preview: Outcome<RetentionPreviewView>): string {
  if (preview === null) return "Looking what would go…";
  if (preview.kind === "refused") return preview.message ?? "What would go is shown once the rule is in order.";
  const { totals, isWhole } = preview.value;
  const words = describeTotals(totals);
  return words === "nothing" ? "Nothing would go." : `Would free ${isWhole ? "" : "at least "}${words}.`;
}

function Items({ preview: { items, next } }: { readonly preview: RetentionPreviewView }) {
  return (
    <ul aria-label="What would go">
      {items.map((item) => (
        <li key={`${item.kind} ${item.id} ${item.dateUploaded}`}>
          <span>{describeItem(item)}</span>
          <span className="soft">
            {formatCount(item.files, "file")}, {formatBytes(item.bytes)}, <TimeAgo at={item.dateUploaded} />
            {item.isOnlyTaken && "; another project has it too, so only this one lets go of it"}
          </span>
        </li>
      ))}
      {next?.hasResults && <li className="soft">… and more.</li>}
    </ul>
  );
}

function describeItem({ kind, id, versions }: RetentionItemView): string {
  if (kind === "files") return `Files of ${id}`;
  return versions.length === 0 ? `Bundle ${id}, of no release` : `Bundle of ${versions.join(", ")}`;
}
