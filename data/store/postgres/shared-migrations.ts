/** The form of the shared store in PostgreSQL, one step after another; a step that has been released is never changed. */

/** A schema of its own: LangGraph keeps its checkpoints there too, in tables of its own. */
export const sharedSchema = 'parley'

/** `rowid` is what SQLite counts by itself. Texts that are sorted by are so byte by byte, as there. */
const kept = `
  CREATE TABLE conversations (
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (owner, dataset, id)
  );
  CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    conversation TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    verdict TEXT,
    reason TEXT,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    FOREIGN KEY (owner, dataset, conversation)
      REFERENCES conversations (owner, dataset, id) ON DELETE CASCADE
  );
  CREATE INDEX turns_of_conversation ON turns (owner, dataset, conversation, rowid);
  CREATE TABLE approved_pairs (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    question TEXT NOT NULL,
    normalised TEXT NOT NULL,
    sql TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    UNIQUE (dataset, normalised, owner)
  );
  CREATE TABLE cards (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    title TEXT NOT NULL,
    question TEXT,
    sql TEXT NOT NULL,
    chart_kind TEXT,
    layout TEXT,
    created_at TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY
  );
  CREATE INDEX cards_of_dataset ON cards (owner, dataset);
  CREATE TABLE handbook_revisions (
    dataset TEXT PRIMARY KEY,
    revision BIGINT NOT NULL
  );
  CREATE TABLE descriptions (
    dataset TEXT NOT NULL,
    table_name TEXT COLLATE "C" NOT NULL,
    column_name TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (dataset, table_name, column_name)
  );
  CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY
  );
  CREATE INDEX documents_of_dataset ON documents (dataset);
  CREATE TABLE terms (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL,
    term TEXT NOT NULL,
    normalised TEXT COLLATE "C" NOT NULL,
    meaning TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (dataset, normalised)
  );
  CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT,
    hash TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY
  );
  CREATE UNIQUE INDEX active_names ON api_keys (name) WHERE revoked_at IS NULL;
  CREATE TABLE model_usage (
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (day, rowid)
  );`

/** Gone after a crash of the server, which is allowed of them: nothing of theirs is worth waiting for the disk. */
const passing = `
  CREATE UNLOGGED TABLE rate_limits (
    key VARCHAR(255) PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire BIGINT
  );
  CREATE UNLOGGED TABLE answers (
    id TEXT PRIMARY KEY,
    owner TEXT,
    replica BIGINT NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    ended_at TIMESTAMPTZ
  );
  CREATE UNLOGGED TABLE answer_events (
    answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE,
    number INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (answer, number)
  );
  CREATE UNLOGGED TABLE known_chats (
    key TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY
  );
  CREATE UNLOGGED TABLE results (
    key TEXT PRIMARY KEY,
    result TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    used_at TIMESTAMPTZ NOT NULL DEFAULT now()
  );
  CREATE INDEX results_by_use ON results (used_at DESC, key);`

/** Step n brings a store of version n to version n + 1. */
export const sharedMigrations: readonly string[] = [kept + passing]
