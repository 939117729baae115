import { Chip } from "../chip.tsx";
import { TimeAgo } from "../time-ago.tsx";
import { expiryOf } from "./expiry.ts";

/** When a token ends; marked from two weeks before. */
export function ExpiryChip({ dateExpires, now }: { readonly dateExpires: string | null; readonly now: Date }) {
  const expiry = expiryOf(dateExpires, now);
  if (dateExpires === null) return <span className="soft">never</span>;
  if (expiry === "later") return <TimeAgo at={dateExpires} />;
  return expiry === "soon" ? (
    <Chip tone="warn">
      expires <TimeAgo at={dateExpires} />
    </Chip>
  ) : (
    <Chip tone="bad">
      expired <TimeAgo at={dateExpires} /> ago
    </Chip>
  );
}
