CREATE TABLE `database_identity` (
	`id` integer PRIMARY KEY NOT NULL,
	`identity` text NOT NULL,
	`generation` integer DEFAULT 0 NOT NULL,
	`date_created` integer NOT NULL,
	`date_bound` integer,
	`date_restored` integer,
	`last_sweep` text
);
--> statement-breakpoint
CREATE TABLE `quarantined_blobs` (
	`name` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`date_quarantined` integer NOT NULL,
	`date_due` integer
);
--> statement-breakpoint
CREATE INDEX `quarantined_blobs_due` ON `quarantined_blobs` (`date_due`);--> statement-breakpoint
ALTER TABLE `blobs` ADD `is_chunk` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `blobs` ADD `date_damaged` integer;