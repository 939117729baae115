-- Parts of versions, three characters at a time: searching a million releases for a part of a version reads only those that have it.
CREATE VIRTUAL TABLE `release_versions` USING fts5(version, content='', contentless_delete=1, tokenize='trigram', detail='none');
--> statement-breakpoint
INSERT INTO `release_versions` (rowid, version) SELECT id, version FROM `releases`;
--> statement-breakpoint
CREATE TRIGGER `release_versions_insert` AFTER INSERT ON `releases` BEGIN
  INSERT INTO `release_versions` (rowid, version) VALUES (new.id, new.version);
END;
--> statement-breakpoint
CREATE TRIGGER `release_versions_delete` AFTER DELETE ON `releases` BEGIN
  DELETE FROM `release_versions` WHERE rowid = old.id;
END;
