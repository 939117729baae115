CREATE TABLE `nightly_work` (
	`name` text PRIMARY KEY NOT NULL,
	`date_begun` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `retention_rules` (
	`project_id` integer PRIMARY KEY NOT NULL,
	`keep_last` integer,
	`keep_days` integer,
	`environments` text NOT NULL,
	`date_changed` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `retention_runs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`project_id` integer NOT NULL,
	`actor` text NOT NULL,
	`bundles` integer DEFAULT 0 NOT NULL,
	`releases` integer DEFAULT 0 NOT NULL,
	`files` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`versions` text NOT NULL,
	`failure` text,
	`date_started` integer NOT NULL,
	`date_finished` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `retention_runs_organization` ON `retention_runs` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `retention_runs_project` ON `retention_runs` (`project_id`,`id`);--> statement-breakpoint
CREATE INDEX `release_files_uploaded` ON `release_files` (`release_id`,`date_created`);