CREATE TABLE `unfinished_work` (
	`name` text PRIMARY KEY NOT NULL,
	`date_begun` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `nightly_work` ADD `after_project_id` integer;--> statement-breakpoint
ALTER TABLE `nightly_work` ADD `date_alive` integer;