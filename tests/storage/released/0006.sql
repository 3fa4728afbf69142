BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE assessment (
	id INTEGER NOT NULL,
	terrain_id INTEGER NOT NULL,
	grid_id INTEGER NOT NULL,
	source VARCHAR NOT NULL,
	phase VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	profile JSON NOT NULL, record JSON,
	CONSTRAINT pk_assessment PRIMARY KEY (id),
	CONSTRAINT fk_assessment_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id),
	CONSTRAINT fk_assessment_grid_id_grid FOREIGN KEY(grid_id) REFERENCES grid (id),
	CONSTRAINT uq_assessment_terrain_id UNIQUE (terrain_id, grid_id, source)
);
INSERT INTO "assessment" VALUES(1,1,1,'rapport-2023','emergence',2023,'{"anchoring": "4/3", "means": "1/2"}',NULL);
INSERT INTO "assessment" VALUES(2,1,1,'meeting/1','emergence',2024,'{"need": "1", "means": "4/3"}','{"grid": "ect/2023", "verdict": "chosen", "motive": "pr\u00eat \u00e0 commencer", "votes": [["P1", "verger", "need", "level", "1", 2, false]]}');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	meeting VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	details JSON NOT NULL, 
	previous VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id), 
	CONSTRAINT uq_audit_digest UNIQUE (digest)
);
INSERT INTO "audit" VALUES(1,'meeting/1','2024-03-14 09:00:00.000000','organiser','prepared','{"terrains": ["verger"], "demo": false}','0000000000000000000000000000000000000000000000000000000000000000','8dc6a89c08be1f0172ac1a7449cb5df00e09c49b5436d6e231ff9e21e1d325a2');
INSERT INTO "audit" VALUES(2,'meeting/1','2024-03-14 09:01:00.000000','P1','joined','{}','8dc6a89c08be1f0172ac1a7449cb5df00e09c49b5436d6e231ff9e21e1d325a2','c32f431dc5c8ff6d1b06081a0ae842d8785a17d1d23e76fea9f57a109089fc27');
INSERT INTO "audit" VALUES(3,'meeting/1','2024-03-14 09:02:00.000000','organiser','seat_added','{"seat": "P2", "kind": "paper"}','c32f431dc5c8ff6d1b06081a0ae842d8785a17d1d23e76fea9f57a109089fc27','ecce192cd18096537b1a3bd739ff8924c6c77e1f97c77163e9c1bf683b9d0abd');
INSERT INTO "audit" VALUES(4,'meeting/1','2024-03-14 09:03:00.000000','organiser','recused','{"seat": "P3", "terrains": ["verger"]}','ecce192cd18096537b1a3bd739ff8924c6c77e1f97c77163e9c1bf683b9d0abd','a1484e99076304ea03858a6d110720887dfa1168a92e9202b049f7eb6f2cb21d');
INSERT INTO "audit" VALUES(5,'meeting/1','2024-03-14 09:07:00.000000','organiser','revealed','{"round": 2, "votes": [["P1", "verger", "need", "level", "1"]]}','a1484e99076304ea03858a6d110720887dfa1168a92e9202b049f7eb6f2cb21d','66a30faa7765b43a31239cc201327264c7d1c990e7f152134ad52ec7a50a1633');
INSERT INTO "audit" VALUES(6,'meeting/1','2024-03-14 09:09:00.000000','organiser','closed','{"scores": {"verger": ["10/3", "22/3"]}}','66a30faa7765b43a31239cc201327264c7d1c990e7f152134ad52ec7a50a1633','d8955ae19860c790c8638cfb7366c101160cf780d6b760094fcfcf498ecc90f3');
CREATE TABLE document_settings (
	id INTEGER NOT NULL, 
	organisation VARCHAR NOT NULL, 
	footer VARCHAR NOT NULL, 
	titles JSON NOT NULL, 
	logo BLOB, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_document_settings PRIMARY KEY (id), 
	CONSTRAINT ck_document_settings_one CHECK (id = 1)
);
INSERT INTO "document_settings" VALUES(1,'Pôle coopératif','Document de travail','{"minutes": "Relevé de décisions"}',X'89504E47','2024-03-22 09:00:00.000000');
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
CREATE TABLE import_batch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	grid_id INTEGER NOT NULL, 
	counts JSON NOT NULL, 
	people JSON NOT NULL, 
	undone_at DATETIME
);
INSERT INTO "import_batch" VALUES(1,'ratings','notes.xlsx','2024-03-15 10:00:00.000000',1,'{"ratings": 1}','{"6f1ed002ab5595859014ebf0951522d9": "P01"}',NULL);
CREATE TABLE import_before (
	import_id INTEGER NOT NULL, 
	terrain_id INTEGER NOT NULL, 
	document JSON NOT NULL, 
	CONSTRAINT pk_import_before PRIMARY KEY (import_id, terrain_id), 
	CONSTRAINT fk_import_before_import_id_import_batch FOREIGN KEY(import_id) REFERENCES import_batch (id) ON DELETE CASCADE
);
INSERT INTO "import_before" VALUES(1,1,'{"ratings": [["P01", "need", "level", 2, null, "", 1, "2024-03-14T10:00:00+00:00"]]}');
CREATE TABLE meeting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	grid_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	settings JSON NOT NULL, 
	pointed_at INTEGER, 
	timer_ends_at DATETIME, 
	demo BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	revision INTEGER NOT NULL, 
	stage_revision INTEGER NOT NULL, 
	CONSTRAINT fk_meeting_grid_id_grid FOREIGN KEY(grid_id) REFERENCES grid (id), 
	CONSTRAINT fk_meeting_pointed_at_terrain FOREIGN KEY(pointed_at) REFERENCES terrain (id), 
	CONSTRAINT uq_meeting_code UNIQUE (code)
);
INSERT INTO "meeting" VALUES(1,1,'Comité d''essai','ABCDEFGH2','closed',2,'{"names_required": true, "names_shown": false, "blind": true, "free_joining": true, "abstentions": "left_out"}',1,'2024-03-14 09:08:00.000000',0,'2024-03-14 09:00:00.000000','2024-03-14 09:09:00.000000',3,3);
CREATE TABLE meeting_terrain (
	meeting_id INTEGER NOT NULL, 
	terrain_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	verdict VARCHAR, 
	motive VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_terrain PRIMARY KEY (meeting_id, terrain_id), 
	CONSTRAINT fk_meeting_terrain_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE, 
	CONSTRAINT fk_meeting_terrain_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id)
);
INSERT INTO "meeting_terrain" VALUES(1,1,0,'chosen','prêt à commencer');
CREATE TABLE override (
	meeting_id INTEGER NOT NULL, 
	terrain_id INTEGER NOT NULL, 
	criterion VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_override PRIMARY KEY (meeting_id, terrain_id, criterion), 
	CONSTRAINT fk_override_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE, 
	CONSTRAINT fk_override_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id)
);
INSERT INTO "override" VALUES(1,1,'means','4/3','deux financeurs sur trois');
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
CREATE TABLE recusal (
	seat_id INTEGER NOT NULL, 
	terrain_id INTEGER NOT NULL, 
	declared_at DATETIME NOT NULL, 
	CONSTRAINT pk_recusal PRIMARY KEY (seat_id, terrain_id), 
	CONSTRAINT fk_recusal_seat_id_seat FOREIGN KEY(seat_id) REFERENCES seat (id) ON DELETE CASCADE, 
	CONSTRAINT fk_recusal_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id)
);
INSERT INTO "recusal" VALUES(3,1,'2024-03-14 09:03:00.000000');
CREATE TABLE reference_item (
	"key" VARCHAR NOT NULL,
	checksum VARCHAR NOT NULL,
	loaded_at DATETIME NOT NULL,
	CONSTRAINT pk_reference_item PRIMARY KEY ("key")
);
INSERT INTO "reference_item" VALUES('grid/ect/2023','0','2023-11-23 13:32:00.000000');
CREATE TABLE reopened (
	meeting_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	terrain_id INTEGER NOT NULL, 
	criterion VARCHAR NOT NULL, 
	CONSTRAINT pk_reopened PRIMARY KEY (meeting_id, round, terrain_id, criterion), 
	CONSTRAINT fk_reopened_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reopened_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id)
);
INSERT INTO "reopened" VALUES(1,2,1,'need');
CREATE TABLE scenario (
	id INTEGER NOT NULL, 
	grid_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	removed_at DATETIME, 
	CONSTRAINT pk_scenario PRIMARY KEY (id), 
	CONSTRAINT fk_scenario_grid_id_grid FOREIGN KEY(grid_id) REFERENCES grid (id)
);
INSERT INTO "scenario" VALUES(1,1,'Ancrage double','demandé par la commune','official','need=2','2024-03-20 10:00:00.000000',NULL);
INSERT INTO "scenario" VALUES(2,1,'Sans les critères de sélection','','rated','selection=0~verger/means=2','2024-03-20 10:05:00.000000','2024-03-21 08:00:00.000000');
CREATE TABLE "seat" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	meeting_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	device VARCHAR, 
	facilitator BOOLEAN NOT NULL, 
	removed BOOLEAN NOT NULL, 
	sections JSON NOT NULL, 
	joined_at DATETIME, 
	CONSTRAINT fk_seat_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE, 
	CONSTRAINT uq_seat_meeting_id_device UNIQUE (meeting_id, device), 
	CONSTRAINT uq_seat_meeting_id_number UNIQUE (meeting_id, number)
);
INSERT INTO "seat" VALUES(1,1,1,'Merle','person','0000000000000000000000000000000000000000000000000000000000000000',0,0,'[]','2024-03-14 09:01:00.000000');
INSERT INTO "seat" VALUES(2,1,2,'Loriot','paper',NULL,0,0,'[]','2024-03-14 09:02:00.000000');
INSERT INTO "seat" VALUES(3,1,3,'Pic','person',NULL,0,0,'["anchoring"]',NULL);
CREATE TABLE secret (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_secret PRIMARY KEY (name)
);
INSERT INTO "secret" VALUES('cookies','0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
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
CREATE TABLE vote (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	seat_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	terrain_id INTEGER NOT NULL, 
	criterion VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	half_points INTEGER, 
	basis VARCHAR, 
	comment VARCHAR NOT NULL, 
	on_paper BOOLEAN NOT NULL, 
	saved_at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_vote PRIMARY KEY (id), 
	CONSTRAINT ck_vote_answer CHECK ((answer = 'level') = (half_points IS NOT NULL)), 
	CONSTRAINT ck_vote_level CHECK (half_points BETWEEN 0 AND 4), 
	CONSTRAINT fk_vote_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE, 
	CONSTRAINT fk_vote_seat_id_seat FOREIGN KEY(seat_id) REFERENCES seat (id) ON DELETE CASCADE, 
	CONSTRAINT fk_vote_terrain_id_terrain FOREIGN KEY(terrain_id) REFERENCES terrain (id), 
	CONSTRAINT uq_vote_seat_id UNIQUE (seat_id, round, terrain_id, criterion)
);
INSERT INTO "vote" VALUES(1,1,1,1,1,'need','level',4,'observed','vu',0,'2024-03-14 09:04:00.000000',1);
INSERT INTO "vote" VALUES(2,1,2,1,1,'need','unknown',NULL,NULL,'',1,'2024-03-14 09:05:00.000000',1);
INSERT INTO "vote" VALUES(3,1,1,2,1,'need','level',2,NULL,'',0,'2024-03-14 09:06:00.000000',1);
CREATE INDEX ix_audit_meeting ON audit (meeting);
CREATE INDEX ix_vote_meeting_id ON vote (meeting_id);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE INDEX ix_rating_grid_id ON rating (grid_id, terrain_id, criterion, half_points);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('meeting',1);
INSERT INTO "sqlite_sequence" VALUES('import_batch',1);
INSERT INTO "sqlite_sequence" VALUES('seat',3);
COMMIT;
