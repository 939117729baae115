ALTER TABLE `release_notes` ADD `html` text;--> statement-breakpoint
ALTER TABLE `release_notes` ADD `excerpt_html` text;