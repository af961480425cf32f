/** The form of the store's file, one step after another; a step that has been released is never changed. */

/** Step n brings a file of version n to version n + 1. LangGraph keeps its checkpoints in the same file, in its own tables. */
export const migrations: readonly string[] = [
  `CREATE TABLE conversations (
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (owner, dataset, id)
  ) STRICT;
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
    FOREIGN KEY (owner, dataset, conversation)
      REFERENCES conversations (owner, dataset, id) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX turns_of_conversation ON turns (owner, dataset, conversation);
  CREATE TABLE approved_pairs (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    question TEXT NOT NULL,
    normalised TEXT NOT NULL,
    sql TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at TEXT NOT NULL,
    UNIQUE (dataset, normalised, owner)
  ) STRICT;
  CREATE TABLE cards (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    dataset TEXT NOT NULL,
    title TEXT NOT NULL,
    question TEXT,
    sql TEXT NOT NULL,
    chart_kind TEXT,
    layout TEXT,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX cards_of_dataset ON cards (owner, dataset);`,
  `CREATE TABLE handbook_revisions (
    dataset TEXT PRIMARY KEY,
    revision INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE descriptions (
    dataset TEXT NOT NULL,
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (dataset, table_name, column_name)
  ) STRICT;
  CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX documents_of_dataset ON documents (dataset);
  CREATE TABLE terms (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL,
    term TEXT NOT NULL,
    normalised TEXT NOT NULL,
    meaning TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (dataset, normalised)
  ) STRICT;`,
]
