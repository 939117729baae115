ALTER TABLE "environments" ADD COLUMN "position" bigint DEFAULT 10001 NOT NULL;--> statement-breakpoint
-- The default position of existing environments, by the stage in their names.
UPDATE "environments" SET "position" = (SELECT CASE
  WHEN words LIKE '% pre prod %' OR words LIKE '% staging %' OR words LIKE '% stage %' OR words LIKE '% stg %' OR words LIKE '% uat %' OR words LIKE '% acceptance %' OR words LIKE '% acc %' OR words LIKE '% preprod %' OR words LIKE '% preproduction %' OR words LIKE '% pre %' OR words LIKE '% demo %' OR words LIKE '% rc %' OR words LIKE '% beta %' THEN 10003
  WHEN words LIKE '% prod %' OR words LIKE '% production %' OR words LIKE '% live %' THEN 10000
  WHEN words LIKE '% canary %' OR words LIKE '% pilot %' THEN 10002
  WHEN words LIKE '% ci %' OR words LIKE '% test %' OR words LIKE '% tests %' OR words LIKE '% testing %' OR words LIKE '% qa %' OR words LIKE '% int %' OR words LIKE '% integration %' OR words LIKE '% preview %' OR words LIKE '% review %' OR words LIKE '% pr %' OR words LIKE '% mr %' OR words LIKE '% nightly %' THEN 10004
  WHEN words LIKE '% local %' OR words LIKE '% dev %' OR words LIKE '% devel %' OR words LIKE '% development %' OR words LIKE '% sandbox %' THEN 10005
  ELSE 10001 END FROM (SELECT ' ' || replace(replace(replace(replace(lower(name), '-', ' '), '_', ' '), '/', ' '), '.', ' ') || ' ' AS words) AS named);
