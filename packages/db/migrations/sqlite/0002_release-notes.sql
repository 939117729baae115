CREATE TABLE `release_notes` (
	`release_id` integer PRIMARY KEY NOT NULL,
	`markdown` text NOT NULL,
	`saved_by` integer,
	`date_saved` integer NOT NULL,
	FOREIGN KEY (`release_id`) REFERENCES `releases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`saved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
