"""SQLite's queries for PostgreSQL and DuckDB: sqlglot writes them, these modules supply what only the schema tells."""
