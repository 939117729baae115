import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Store } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import type { MarkdownRenderer } from "@landfall/domain/release-notes/markdown";
import type { Actor } from "./actor.ts";
import type { AppError } from "./app-error.ts";
import type { MapReaders } from "./map-reader.ts";

/**
 * A change in an organization, with the kind of thing that changed ("release", "commits", "deploy", "project" …). It does not identify
 * the object, so that it reveals nothing: each listener reads again with their own permissions.
 */
export type OrganizationEvent = { readonly organizationId: number; readonly kind: string };

/** Everything an operation depends on. Created once per request by the adapters; tests create their own. */
export interface Context {
  readonly store: Store;
  /** Stores the bytes of artifacts. */
  readonly blobs: BlobStore;
  /** How many bytes of artifacts each organization may store. */
  readonly quotas: StorageQuotas;
  /** Reads source maps. */
  readonly maps: MapReaders;
  /** Renders release notes. */
  readonly markdown: MarkdownRenderer;
  /** Called after the commit that stores an archive to be assembled. */
  readonly onAssembly?: (() => void) | undefined;
  /** The caller; null without credentials. */
  readonly actor: Actor | null;
  readonly now: () => Date;
  /** The URL of this server for people and clients, without a trailing slash. */
  readonly origin: string;
  /** The URL that organization tokens contain for their clients: `origin`, or null if no URL is configured. */
  readonly tokenOrigin?: string | null;
  /** Random bytes as hex; injected so that tests are deterministic. */
  readonly randomHex: (bytes: number) => string;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** Called with the project that the caller's token was used for, if the request names one (contract 16.1). */
  readonly onProjectUse?: (projectId: number) => void;
  /** Called for each change after its commit. */
  readonly onChange?: ((change: OrganizationEvent) => void) | undefined;
}

/** The organization whose quota is used. */
export type QuotaOwner = Pick<OrganizationRow, "id" | "storageQuota">;

/** Bytes that are being written to the blob store. Ends with `stored` or `dropped`; a second call does nothing. */
export interface ReservedBytes {
  /** The bytes were stored. */
  stored(): void;
  /** The bytes were not stored. */
  dropped(): void;
}

/** How many bytes an organization may still add (Infinity without a quota), and the error for a larger upload. */
export type StorageRoom = { readonly bytes: number; readonly exceeded: () => AppError };

/** The storage quotas of organizations, for their artifacts and chunks. */
export interface StorageQuotas {
  /** The quota of an organization in bytes: its own, else the server's default; null if there is none. */
  quotaOf(organization: Pick<QuotaOwner, "storageQuota">): number | null;
  /** How much the organization may still add. Throws `too_large` if its quota is used up. */
  roomOf(organization: QuotaOwner): Promise<StorageRoom>;
  /** Reserves bytes that are about to be stored. Throws `too_large` if they exceed the quota. */
  reserve(organization: QuotaOwner, bytes: number): Promise<ReservedBytes>;
}
