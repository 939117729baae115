import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Store } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import type { MarkdownRenderer } from "@landfall/domain/release-notes/markdown";
import type { Actor } from "./actor.ts";
import type { AppError } from "./app-error.ts";
import type { MapReaders } from "./map-reader.ts";

/**
 * That something was changed: in which organization, and what kind of thing ("release", "commits", "deploy", "project" …). It names
 * nothing, so that nobody learns of what they cannot see: whoever hears of it reads again, by their own rights.
 */
export type OrganizationEvent = { readonly organizationId: number; readonly kind: string };

/** Everything an operation may know of the world. Built once per request by the adapters; tests build their own. */
export interface Context {
  readonly store: Store;
  /** Where the bytes of artifacts are. */
  readonly blobs: BlobStore;
  /** How many bytes of artifacts each organization may store. */
  readonly quotas: StorageQuotas;
  /** Reads source maps. */
  readonly maps: MapReaders;
  /** Renders notes. */
  readonly markdown: MarkdownRenderer;
  /** Told, once it is committed, that there is an archive to put together. */
  readonly onAssembly?: (() => void) | undefined;
  /** Who asks; null for nobody. */
  readonly actor: Actor | null;
  readonly now: () => Date;
  /** The address people and clients reach this server at, without a trailing slash. */
  readonly origin: string;
  /** The address organization tokens carry to their clients: `origin`, or null where nobody told the server its own. */
  readonly tokenOrigin?: string | null;
  /** Random bytes as hex; injected so that tests are deterministic. */
  readonly randomHex: (bytes: number) => string;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** Told for which project the caller's token was used, where a request names one (contract 16.1). */
  readonly onProjectUse?: (projectId: number) => void;
  /** Told of each change, once it is committed. */
  readonly onChange?: ((change: OrganizationEvent) => void) | undefined;
}

/** The organization whose quota is used. */
export type QuotaOwner = Pick<OrganizationRow, "id" | "storageQuota">;

/** Bytes that are on their way into the blob store. Ends with `kept` or `dropped`; a second call does nothing. */
export interface ReservedBytes {
  /** The bytes are stored now. */
  kept(): void;
  /** The bytes were not stored. */
  dropped(): void;
}

/** Bytes that an organization may still add, Infinity without a quota, and the failure for an upload that is larger. */
export type StorageRoom = { readonly bytes: number; readonly exceeded: () => AppError };

/** How many bytes the artifacts and chunks of each organization may take up. */
export interface StorageQuotas {
  /** The quota of an organization in bytes: its own, else the server's default; null when there is none. */
  quotaOf(organization: Pick<QuotaOwner, "storageQuota">): number | null;
  /** What the organization may still add. Throws `too_large` when that is nothing. */
  roomOf(organization: QuotaOwner): Promise<StorageRoom>;
  /** Reserves bytes that are about to be stored. Throws `too_large` when they exceed the quota. */
  reserve(organization: QuotaOwner, bytes: number): Promise<ReservedBytes>;
}
