ALTER TABLE `organizations` ADD `date_sampled` integer;--> statement-breakpoint
ALTER TABLE `organizations` ADD `date_removed` integer;