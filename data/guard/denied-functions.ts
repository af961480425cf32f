/** Functions that no answer needs and that do more than compute on the data, with the reason for each. */

interface DeniedGroup {
  readonly reason: string
  readonly names?: string
  readonly prefixes?: readonly string[]
}

/** The engine whose function list was read through; a newer one must be read again. */
export const reviewedEngine = 'v1.5.6'

const groups: readonly DeniedGroup[] = [
  { reason: 'it only waits', names: 'sleep_ms pg_sleep' },
  {
    reason: 'it changes the state of the engine',
    names: 'nextval currval setseed write_log checkpoint force_checkpoint truncate_duckdb_logs',
    prefixes: ['enable_', 'disable_'],
  },
  {
    reason: 'it reads files or other programs',
    names:
      'glob getenv sniff_csv which_secret seq_scan get_block_size parse_duckdb_log_message st_geomfromwkb',
    prefixes: ['read_', 'parquet_', 'arrow_', 'http_', 'sqlite_', 'postgres_', 'mysql_', 'write_'],
  },
  {
    reason: 'it hides SQL or table names inside text',
    names:
      'query query_table json_execute_serialized_sql json_serialize_sql json_serialize_plan json_deserialize_sql sql_auto_complete check_peg_parser histogram_values summary',
  },
  {
    reason: 'it tells about the engine and not about the data',
    names:
      'getvariable current_setting current_query current_query_id current_connection_id current_transaction_id txid_current in_search_path current_schemas col_description obj_description shobj_description map_to_pg_oid format_pg_type',
    prefixes: ['duckdb_', 'pragma_', 'pg_', 'has_', 'inet_', 'test_'],
  },
  {
    reason: 'deeply nested input ends the whole process',
    names:
      'json_structure json_group_structure json_merge_patch from_json from_json_strict json_transform json_transform_strict',
    prefixes: ['variant_'],
  },
  {
    reason: 'it belongs to the inside of the engine',
    names:
      'cast_to_type can_cast_implicitly combine constant_or_null create_sort_key finalize get_type make_type remap_struct replace_type stats vector_type timetz_byte_comparable is_histogram_other_bin',
    prefixes: ['__internal_', 'icu_collate_'],
  },
]

const allowedDespitePrefix = new Set(['pg_typeof', 'pg_size_pretty'])

/** Why a function may not be called; undefined when the review has nothing against it. */
export function denialReason(functionName: string): string | undefined {
  const name = functionName.toLowerCase()
  if (allowedDespitePrefix.has(name)) return undefined
  return groups.find(
    ({ names = '', prefixes = [] }) =>
      names.split(' ').includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  )?.reason
}

/** Functions that may stand in FROM: they make rows of their arguments alone. */
export const allowedTableFunctions: ReadonlySet<string> = new Set([
  'range',
  'generate_series',
  'unnest',
  'json_each',
  'json_tree',
])
