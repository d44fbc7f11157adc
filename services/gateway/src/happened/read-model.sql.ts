/** Changes with whatever below, or in what is read out of an event, changes: an older file is then made anew. */
export const SCHEMA_VERSION = 3;

/** Everything in it can be had again from the streams, so a write need not reach the disk before the next one. */
export const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  PRAGMA cache_size = -32768;
  PRAGMA temp_store = MEMORY;
  PRAGMA secure_delete = ON;
`;

/**
 * Times are microseconds since 1970 by the broker's clock. Every index ends with the row's `key`, as SQLite's do, so a page
 * goes on by (at, key) whatever it is filtered by. `quarters` counts ends of attempts, by quarters of an hour since 1970; `waits` holds how long each took from
 * its start to the grant; `attempts` are those that have not ended; `doors` knows each door's last event.
 */
export const TABLES = `
  CREATE TABLE positions (stream TEXT PRIMARY KEY, made TEXT NOT NULL, next INTEGER NOT NULL) STRICT;
  CREATE TABLE events (
    key INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, door TEXT, person TEXT,
    id TEXT NOT NULL, source TEXT NOT NULL, time TEXT NOT NULL, correlation TEXT NOT NULL, data TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_id ON events (id, source);
  CREATE INDEX events_at ON events (at);
  CREATE INDEX events_type ON events (type, at);
  CREATE INDEX events_door ON events (door, at) WHERE door IS NOT NULL;
  CREATE INDEX events_door_type ON events (door, type, at) WHERE door IS NOT NULL;
  CREATE INDEX events_person ON events (person, at) WHERE person IS NOT NULL;

  CREATE TABLE doors (door TEXT PRIMARY KEY, at INTEGER NOT NULL, key INTEGER NOT NULL) STRICT;
  CREATE TABLE attempts (attempt TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE quarters (
    quarter INTEGER NOT NULL, door TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (quarter, door, outcome, reason)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE waits (
    at INTEGER NOT NULL, key INTEGER NOT NULL, door TEXT NOT NULL, ms INTEGER NOT NULL, PRIMARY KEY (at, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alerts (
    key INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, open INTEGER NOT NULL,
    type TEXT NOT NULL, door TEXT, person TEXT, reason TEXT NOT NULL, evidence TEXT
  ) STRICT;
  CREATE INDEX alerts_state ON alerts (open, kind, at);
  CREATE TABLE acknowledgements (
    alert TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL, note TEXT, person TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX acknowledgements_person ON acknowledgements (person) WHERE person IS NOT NULL;
  CREATE TABLE tallies (kind TEXT PRIMARY KEY, open INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO tallies VALUES ('visitor', 0), ('alarm', 0), ('silent', 0);
  CREATE TRIGGER alert_comes AFTER INSERT ON alerts WHEN NEW.open = 1 BEGIN
    UPDATE tallies SET open = open + 1 WHERE kind = NEW.kind;
  END;
  CREATE TRIGGER alert_closes AFTER UPDATE OF open ON alerts WHEN OLD.open = 1 AND NEW.open = 0 BEGIN
    UPDATE tallies SET open = open - 1 WHERE kind = NEW.kind;
  END;
  CREATE TRIGGER alert_goes AFTER DELETE ON alerts WHEN OLD.open = 1 BEGIN
    UPDATE tallies SET open = open - 1 WHERE kind = OLD.kind;
  END;

  PRAGMA user_version = ${SCHEMA_VERSION};
`;
