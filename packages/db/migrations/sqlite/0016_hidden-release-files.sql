CREATE TABLE `dropped_files` (
	`release_id` integer PRIMARY KEY NOT NULL,
	`up_to_id` integer NOT NULL
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_release_archives` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`release_id` integer NOT NULL,
	`blob_id` integer NOT NULL,
	`checksum` text NOT NULL,
	`state` text DEFAULT 'shown' NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_release_archives`("id", "release_id", "blob_id", "checksum", "date_created") SELECT "id", "release_id", "blob_id", "checksum", "date_created" FROM `release_archives`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_release_archives';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_release_archives', seq FROM sqlite_sequence WHERE name = 'release_archives';--> statement-breakpoint
DROP TABLE `release_archives`;--> statement-breakpoint
ALTER TABLE `__new_release_archives` RENAME TO `release_archives`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `release_archives_checksum` ON `release_archives` (`release_id`,`checksum`);--> statement-breakpoint
CREATE INDEX `release_archives_blob` ON `release_archives` (`blob_id`);--> statement-breakpoint
CREATE INDEX `release_archives_hidden` ON `release_archives` (`state`,`id`) WHERE "release_archives"."state" <> 'shown';--> statement-breakpoint
CREATE TABLE `__new_release_files` (
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
	`replaced_by` integer DEFAULT 0 NOT NULL,
	`place` text,
	`is_member` integer DEFAULT false NOT NULL,
	`list_dist` text DEFAULT '' NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`blob_id`) REFERENCES `blobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`archive_id`) REFERENCES `release_archives`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_release_files`("id", "release_id", "name", "dist", "ident", "headers", "size", "sha1", "blob_id", "archive_id", "place", "is_member", "list_dist", "date_created") SELECT "id", "release_id", "name", "dist", "ident", "headers", "size", "sha1", "blob_id", "archive_id", "place", "is_member", "list_dist", "date_created" FROM `release_files`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_release_files';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_release_files', seq FROM sqlite_sequence WHERE name = 'release_files';--> statement-breakpoint
DROP TABLE `release_files`;--> statement-breakpoint
ALTER TABLE `__new_release_files` RENAME TO `release_files`;--> statement-breakpoint
CREATE UNIQUE INDEX `release_files_ident` ON `release_files` (`release_id`,`is_member`,`ident`,`replaced_by`);--> statement-breakpoint
CREATE INDEX `release_files_list` ON `release_files` (`release_id`,`is_member`,`list_dist`,`name`,`id`,`archive_id`,`replaced_by`);--> statement-breakpoint
CREATE INDEX `release_files_sha1` ON `release_files` (`release_id`,`sha1`);--> statement-breakpoint
CREATE INDEX `release_files_uploaded` ON `release_files` (`release_id`,`date_created`);--> statement-breakpoint
CREATE INDEX `release_files_blob` ON `release_files` (`blob_id`);--> statement-breakpoint
CREATE INDEX `release_files_archive` ON `release_files` (`archive_id`,`replaced_by`);--> statement-breakpoint
CREATE INDEX `release_files_replaced` ON `release_files` (`replaced_by`,`id`) WHERE "release_files"."replaced_by" <> 0;