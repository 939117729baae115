import { showSize } from "@landfall/artifacts/archive/bundle-limits";
import type { Reader } from "@landfall/db/store";
import { AppError } from "../../kernel/app-error.ts";
import type { QuotaOwner, StorageQuotas, StorageRoom } from "../../kernel/context.ts";
import { sumBytes } from "./storage-usage.ts";

/** How long a measurement is used, in milliseconds: what another process adds, or anybody deletes, is noticed after that. */
const MEASURED_FOR = 10 * 60_000;

/** How soon an organization that reached its quota is measured again, in milliseconds: deleting artifacts makes room at once. */
const MEASURED_AGAIN_AFTER = 5000;

/** The use of one organization, in bytes. */
type Use = {
  /** As the database had it at `measuredAt`. */
  measured: number;
  measuredAt: number;
  /** Stored since. */
  added: number;
  /** Reserved and not stored yet. */
  reserved: number;
  measuring: Promise<void> | null;
};

/**
 * Quotas over the bytes that an organization refers to, each content once. Counting them reads every blob, so the sum is measured at most
 * every ten minutes and what this process adds is counted on top; before an upload is rejected the sum is measured again.
 */
export function createStorageQuotas(
  { read, now }: { readonly read: Reader; readonly now: () => Date },
  { byDefault }: { readonly byDefault: number | null },
): StorageQuotas {
  const uses = new Map<number, Use>();
  const quotaOf = ({ storageQuota }: Pick<QuotaOwner, "storageQuota">): number | null => storageQuota ?? byDefault;

  async function measure(id: number, use: Use): Promise<void> {
    use.measuring ??= (async () => {
      try {
        Object.assign(use, { measured: await sumBytes(read, id), measuredAt: now().getTime(), added: 0 });
      } finally {
        use.measuring = null;
      }
    })();
    await use.measuring;
  }

  /** What an organization has left for `wanted` more bytes; measured again where the last sum would not allow them. */
  async function measuredRoom({ id }: QuotaOwner, quota: number, wanted: number): Promise<{ readonly use: Use; readonly left: number }> {
    const use = uses.get(id) ?? { measured: 0, measuredAt: Number.NEGATIVE_INFINITY, added: 0, reserved: 0, measuring: null };
    uses.set(id, use);
    const left = () => quota - use.measured - use.added - use.reserved;
    const age = () => now().getTime() - use.measuredAt;
    if (age() > MEASURED_FOR || age() < 0 || (left() < wanted && age() > MEASURED_AGAIN_AFTER)) await measure(id, use);
    return { use, left: left() };
  }

  return {
    quotaOf,
    async roomOf(organization) {
      const quota = quotaOf(organization);
      if (quota === null) return UNLIMITED;
      const { left } = await measuredRoom(organization, quota, 1);
      if (left <= 0) throw quotaExceeded(quota);
      return { bytes: left, exceeded: () => quotaExceeded(quota) };
    },
    async reserve(organization, bytes) {
      const quota = quotaOf(organization);
      if (quota === null) return { stored: () => {}, dropped: () => {} };
      const { use, left } = await measuredRoom(organization, quota, bytes);
      if (left < bytes) throw quotaExceeded(quota);
      use.reserved += bytes;
      let isOpen = true;
      const end = (stored: boolean) => () => {
        if (!isOpen) return;
        isOpen = false;
        use.reserved -= bytes;
        if (stored) use.added += bytes;
      };
      return { stored: end(true), dropped: end(false) };
    },
  };
}

const UNLIMITED: StorageRoom = { bytes: Number.POSITIVE_INFINITY, exceeded: () => quotaExceeded(0) };

const QUOTA = "quota";

/** 413, which clients do not retry: more room needs a person. */
const quotaExceeded = (quota: number): AppError =>
  new AppError(
    "too_large",
    `The artifacts of this organization have reached its quota of ${showSize(quota)}. Delete some, set a retention rule, or ask the operator of this server for a larger quota.`,
    { reason: QUOTA },
  );

/** Whether an upload was rejected for the quota of its organization. */
export const isQuotaExceeded = (error: AppError): boolean => error.reason === QUOTA;
