CREATE TABLE `organization_aliases` (
	`slug` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`date_created` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `project_aliases` (
	`organization_id` integer NOT NULL,
	`slug` text NOT NULL,
	`project_id` integer NOT NULL,
	`date_created` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `slug`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
