CREATE TABLE `repository_aliases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` integer NOT NULL,
	`name` text NOT NULL,
	`repository_id` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`repository_id`) REFERENCES `repositories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `repository_aliases_name` ON `repository_aliases` (`organization_id`,`name`);--> statement-breakpoint
CREATE INDEX `repository_aliases_repository` ON `repository_aliases` (`repository_id`);--> statement-breakpoint
ALTER TABLE `organizations` ADD `ticket_url` text;--> statement-breakpoint
ALTER TABLE `repositories` ADD `links` text;--> statement-breakpoint
CREATE INDEX `release_heads_commit` ON `release_heads` (`commit_id`);