BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE assessment (
	id INTEGER NOT NULL,
	terrain_id INTEGER NOT NULL,
	grid_id INTEGER NOT NULL,
	source VARCHAR NOT NULL,
	phase VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	profile JSON NOT NULL,
	CONSTRAINT pk_assessment PRIMARY KEY (id),
	CONSTRAINT fk_assessment_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id),
	CONSTRAINT fk_assessment_grid_id_grid FOREIGN KEY(grid_id) REFERENCES grid (id),
	CONSTRAINT uq_assessment_terrain_id UNIQUE (terrain_id, grid_id, source)
);
INSERT INTO "assessment" VALUES(1,1,1,'rapport-2023','emergence',2023,'{"anchoring": "4/3", "means": "1/2"}');
CREATE TABLE grid (
	id INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	document JSON NOT NULL,
	created_at DATETIME NOT NULL,
	CONSTRAINT pk_grid PRIMARY KEY (id),
	CONSTRAINT uq_grid_code UNIQUE (code, version)
);
INSERT INTO "grid" VALUES(1,'ect','2023','{"code": "ect", "version": "2023", "title": "Grille ECT", "source": "essai", "ect_factor": 2, "pillars": [{"code": "anchoring", "label": "Ancrage", "criteria": [{"code": "need", "label": "Besoin", "levels": [{"value": 0, "descriptor": "besoin 0"}, {"value": 1, "descriptor": "besoin 1"}, {"value": 2, "descriptor": "besoin 2"}]}, {"code": "vision", "label": "Vision", "levels": [{"value": 0, "descriptor": "vision 0"}, {"value": 1, "descriptor": "vision 1"}, {"value": 2, "descriptor": "vision 2"}]}]}], "selection": [{"code": "means", "label": "Moyens"}]}','2023-11-23 13:32:00.000000');
CREATE TABLE rating (
	id INTEGER NOT NULL,
	terrain_id INTEGER NOT NULL,
	grid_id INTEGER NOT NULL,
	voice VARCHAR NOT NULL,
	criterion VARCHAR NOT NULL,
	answer VARCHAR NOT NULL,
	half_points INTEGER,
	basis VARCHAR,
	comment VARCHAR NOT NULL,
	saved_at DATETIME NOT NULL,
	revision INTEGER NOT NULL,
	CONSTRAINT pk_rating PRIMARY KEY (id),
	CONSTRAINT ck_rating_level CHECK (half_points BETWEEN 0 AND 4),
	CONSTRAINT ck_rating_answer CHECK ((answer = 'level') = (half_points IS NOT NULL)),
	CONSTRAINT fk_rating_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id),
	CONSTRAINT fk_rating_grid_id_grid FOREIGN KEY(grid_id) REFERENCES grid (id),
	CONSTRAINT uq_rating_terrain_id UNIQUE (terrain_id, grid_id, voice, criterion)
);
INSERT INTO "rating" VALUES(1,1,1,'room','need','level',4,'observed','dit en séance','2023-11-23 13:32:00.000000',3);
INSERT INTO "rating" VALUES(2,1,1,'room','means','level',3,NULL,'','2023-11-23 13:32:00.000000',1);
INSERT INTO "rating" VALUES(3,1,1,'room','vision','unknown',NULL,NULL,'','2023-11-23 13:32:00.000000',1);
CREATE TABLE reference_item (
	"key" VARCHAR NOT NULL,
	checksum VARCHAR NOT NULL,
	loaded_at DATETIME NOT NULL,
	CONSTRAINT pk_reference_item PRIMARY KEY ("key")
);
INSERT INTO "reference_item" VALUES('grid/ect/2023','0','2023-11-23 13:32:00.000000');
CREATE TABLE terrain (
	id INTEGER NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	origin VARCHAR NOT NULL,
	archived BOOLEAN NOT NULL,
	record JSON NOT NULL,
	created_at DATETIME NOT NULL,
	edited_at DATETIME,
	revision INTEGER NOT NULL,
	CONSTRAINT pk_terrain PRIMARY KEY (id),
	CONSTRAINT uq_terrain_code UNIQUE (code)
);
INSERT INTO "terrain" VALUES(1,'verger','Vergers oubliés','candidate','user',0,'{"context": "Un verger à sauver", "lessons": [{"axis": 1, "text": "prendre le temps"}]}','2023-11-23 13:32:00.000000','2023-11-23 13:32:00.000000',2);
COMMIT;
