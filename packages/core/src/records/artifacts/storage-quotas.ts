import { showSize } from "@landfall/artifacts/archive/bundle-limits";
import type { Reader } from "@landfall/db/store";
import { AppError } from "../../kernel/app-error.ts";
import type { QuotaOwner, StorageQuotas, StorageRoom } from "../../kernel/context.ts";
import { sumBytes } from "./storage-usage.ts";

/** How long a measurement is used, in milliseconds. Uploads to other processes, and deletions, count after that. */
const MEASURED_FOR = 10 * 60_000;

/** How soon an organization that reached its quota is measured again, in milliseconds, because artifacts may have been deleted. */
const MEASURED_AGAIN_AFTER = 5000;

/** The usage of one organization, in bytes. */
type Usage = {
  /** The sum in the database at `measuredAt` (milliseconds since 1970). */
  measured: number;
  measuredAt: number;
  /** Stored by this process since then. */
  added: number;
  /** Reserved by this process and not stored yet. */
  reserved: number;
  measuring: Promise<void> | null;
};

/**
 * Creates the quotas. An organization's usage is the bytes of its artifacts and chunks, each content counted once. Measuring it reads every
 * blob, so it is measured at most every ten minutes, and uploads to this process are added to it. It is measured again before an upload is
 * rejected.
 */
export function createStorageQuotas(
  { read, now }: { readonly read: Reader; readonly now: () => Date },
  { byDefault }: { readonly byDefault: number | null },
): StorageQuotas {
  const usages = new Map<number, Usage>();
  const quotaOf = ({ storageQuota }: Pick<QuotaOwner, "storageQuota">): number | null => storageQuota ?? byDefault;

  async function measure(id: number, usage: Usage): Promise<void> {
    usage.measuring ??= (async () => {
      try {
        Object.assign(usage, { measured: await sumBytes(read, id), measuredAt: now().getTime(), added: 0 });
      } finally {
        usage.measuring = null;
      }
    })();
    await usage.measuring;
  }

  /** Returns how many bytes an organization may add. Measures again if the last measurement does not allow `wanted` bytes. */
  async function measuredRoom(
    { id }: QuotaOwner,
    quota: number,
    wanted: number,
  ): Promise<{ readonly usage: Usage; readonly left: number }> {
    const usage = usages.get(id) ?? { measured: 0, measuredAt: Number.NEGATIVE_INFINITY, added: 0, reserved: 0, measuring: null };
    usages.set(id, usage);
    const left = () => quota - usage.measured - usage.added - usage.reserved;
    const age = () => now().getTime() - usage.measuredAt;
    if (age() > MEASURED_FOR || age() < 0 || (left() < wanted && age() > MEASURED_AGAIN_AFTER)) await measure(id, usage);
    return { usage, left: left() };
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
      const { usage, left } = await measuredRoom(organization, quota, bytes);
      if (left < bytes) throw quotaExceeded(quota);
      usage.reserved += bytes;
      let isOpen = true;
      const end = (isStored: boolean) => () => {
        if (!isOpen) return;
        isOpen = false;
        usage.reserved -= bytes;
        if (isStored) usage.added += bytes;
      };
      return { stored: end(true), dropped: end(false) };
    },
  };
}

const UNLIMITED: StorageRoom = { bytes: Number.POSITIVE_INFINITY, exceeded: () => quotaExceeded(0) };

const QUOTA = "quota";

/** 413, which clients do not retry: only a person can free space or raise the quota. */
const quotaExceeded = (quota: number): AppError =>
  new AppError(
    "too_large",
    `The artifacts of this organization have reached its quota of ${showSize(quota)}. Delete some, set a retention rule, or ask the operator of this server for a larger quota.`,
    { reason: QUOTA },
  );

/** Whether an upload was rejected because its organization reached its quota. */
export const isQuotaExceeded = (error: AppError): boolean => error.reason === QUOTA;
