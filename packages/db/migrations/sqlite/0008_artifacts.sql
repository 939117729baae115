CREATE TABLE `artifact_bundle_projects` (
	`project_id` integer NOT NULL,
	`bundle_id` integer NOT NULL,
	PRIMARY KEY(`project_id`, `bundle_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bundle_id`) REFERENCES `artifact_bundles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `artifact_bundle_projects_bundle` ON `artifact_bundle_projects` (`bundle_id`);--> statement-breakpoint
CREATE TABLE `artifact_bundle_releases` (
	`artifact_release_id` integer NOT NULL,
	`bundle_id` integer NOT NULL,
	PRIMARY KEY(`artifact_release_id`, `bundle_id`),
	FOREIGN KEY (`artifact_release_id`) REFERENCES `artifact_releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bundle_id`) REFERENCES `artifact_bundles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `artifact_bundle_releases_bundle` ON `artifact_bundle_releases` (`bundle_id`);--> statement-breakpoint
CREATE TABLE `artifact_bundles` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`bundle_id` text NOT NULL,
	`blob_id` integer NOT NULL,
	`checksum` text NOT NULL,
	`file_count` integer NOT NULL,
	`date_created` integer NOT NULL,
	`date_modified` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `artifact_bundles_checksum` ON `artifact_bundles` (`organization_id`,`checksum`);--> statement-breakpoint
CREATE INDEX `artifact_bundles_bundle_id` ON `artifact_bundles` (`organization_id`,`bundle_id`);--> statement-breakpoint
CREATE INDEX `artifact_bundles_blob` ON `artifact_bundles` (`blob_id`);--> statement-breakpoint
CREATE TABLE `artifact_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`bundle_id` integer NOT NULL,
	`organization_id` integer NOT NULL,
	`path` text NOT NULL,
	`path_key` text NOT NULL,
	`url` text,
	`type` integer NOT NULL,
	`debug_id` text,
	`headers` text NOT NULL,
	`size` integer NOT NULL,
	`place` text NOT NULL,
	FOREIGN KEY (`bundle_id`) REFERENCES `artifact_bundles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `artifact_files_bundle` ON `artifact_files` (`bundle_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `artifact_files_path` ON `artifact_files` (`bundle_id`,`path_key`);--> statement-breakpoint
CREATE INDEX `artifact_files_debug_id` ON `artifact_files` (`organization_id`,`debug_id`,`bundle_id`,`type`) WHERE "artifact_files"."debug_id" is not null;--> statement-breakpoint
CREATE TABLE `artifact_releases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`version` text NOT NULL,
	`dist` text NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `artifact_releases_version` ON `artifact_releases` (`organization_id`,`version`,`dist`);--> statement-breakpoint
CREATE TABLE `artifact_urls` (
	`artifact_release_id` integer NOT NULL,
	`url_key` text NOT NULL,
	`bundle_id` integer NOT NULL,
	PRIMARY KEY(`artifact_release_id`, `url_key`, `bundle_id`),
	FOREIGN KEY (`artifact_release_id`) REFERENCES `artifact_releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bundle_id`) REFERENCES `artifact_bundles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `artifact_urls_bundle` ON `artifact_urls` (`bundle_id`);--> statement-breakpoint
CREATE TABLE `assemblies` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`ident` text NOT NULL,
	`checksum` text NOT NULL,
	`request` text NOT NULL,
	`release_id` integer,
	`state` text NOT NULL,
	`detail` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`bundle_id` integer,
	`archive_id` integer,
	`date_created` integer NOT NULL,
	`date_updated` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bundle_id`) REFERENCES `artifact_bundles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`archive_id`) REFERENCES `release_archives`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assemblies_ident` ON `assemblies` (`organization_id`,`ident`);--> statement-breakpoint
CREATE INDEX `assemblies_pending` ON `assemblies` (`date_updated`,`id`) WHERE "assemblies"."state" in ('created', 'assembling');--> statement-breakpoint
CREATE INDEX `assemblies_updated` ON `assemblies` (`date_updated`,`id`);--> statement-breakpoint
CREATE INDEX `assemblies_release` ON `assemblies` (`release_id`);--> statement-breakpoint
CREATE INDEX `assemblies_bundle` ON `assemblies` (`bundle_id`);--> statement-breakpoint
CREATE INDEX `assemblies_archive` ON `assemblies` (`archive_id`);--> statement-breakpoint
CREATE TABLE `blobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`sha1` text NOT NULL,
	`size` integer NOT NULL,
	`date_created` integer NOT NULL,
	`date_last_used` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_sha256` ON `blobs` (`sha256`);--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_name` ON `blobs` (`name`);--> statement-breakpoint
CREATE INDEX `blobs_last_used` ON `blobs` (`date_last_used`,`id`);--> statement-breakpoint
CREATE TABLE `chunks` (
	`organization_id` integer NOT NULL,
	`sha1` text NOT NULL,
	`size` integer NOT NULL,
	`blob_id` integer NOT NULL,
	`date_last_used` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `sha1`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `chunks_blob` ON `chunks` (`blob_id`);--> statement-breakpoint
CREATE INDEX `chunks_last_used` ON `chunks` (`date_last_used`);--> statement-breakpoint
CREATE TABLE `release_archives` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`release_id` integer NOT NULL,
	`blob_id` integer NOT NULL,
	`checksum` text NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `release_archives_checksum` ON `release_archives` (`release_id`,`checksum`);--> statement-breakpoint
CREATE INDEX `release_archives_blob` ON `release_archives` (`blob_id`);--> statement-breakpoint
CREATE TABLE `release_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`release_id` integer NOT NULL,
	`name` text NOT NULL,
	`dist` text DEFAULT '' NOT NULL,
	`ident` text NOT NULL,
	`headers` text NOT NULL,
	`size` integer NOT NULL,
	`sha1` text NOT NULL,
	`blob_id` integer,
	`archive_id` integer,
	`place` text,
	`is_member` integer DEFAULT false NOT NULL,
	`list_dist` text DEFAULT '' NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`archive_id`) REFERENCES `release_archives`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `release_files_ident` ON `release_files` (`release_id`,`is_member`,`ident`);--> statement-breakpoint
CREATE INDEX `release_files_list` ON `release_files` (`release_id`,`is_member`,`list_dist`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `release_files_sha1` ON `release_files` (`release_id`,`sha1`);--> statement-breakpoint
CREATE INDEX `release_files_blob` ON `release_files` (`blob_id`);--> statement-breakpoint
CREATE INDEX `release_files_archive` ON `release_files` (`archive_id`);