/** Writes a table or column name so that the engine reads it back as exactly that name. */
import type { Dialect } from '../catalog.js'

const plainName = /^[a-z_][a-z0-9_]*$/i

// Words DuckDB does not take bare as a table, column and alias (found by trying its keyword list).
const duckdbWords =
  'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with anti asof at authorization binary by collation concurrently cross freeze full glob ilike inner is isnull join left like natural notnull outer overlaps positional right semi similar tablesample unpack verbose'

const furtherWords: Record<Dialect, string> = {
  duckdb: '',
  sqlite:
    'add alter autoincrement between commit delete drop escape exists filter generated if index insert materialized nothing notnull over regexp rollback set transaction update values without',
  postgres:
    'current_catalog current_date current_role current_schema current_time current_timestamp current_user grant localtime localtimestamp session_user user between exists values row',
  mysql:
    'add alter before between bigint blob call cascade change char character condition continue convert cube current_date current_time current_timestamp current_user cursor database databases date_add delete delayed dense_rank div double drop dual each elseif empty enclosed escaped exists exit explain float force fulltext function generated grant grouping groups high_priority if ignore index infile insert int integer interval iterate key keys kill lag last_value lead leave lines load lock long loop low_priority match maxvalue mediumint mod modifies nth_value ntile numeric of optimize option optionally out over partition percent_rank precision procedure purge range rank read real recursive regexp release rename repeat replace require restrict return revoke rlike row row_number rows schema schemas separator set signal smallint spatial sql ssl starting stored system terminated tinyint trigger undo unlock unsigned update usage use values varchar virtual while write xor zerofill accessible asensitive cume_dist current_role day_hour day_microsecond day_minute day_second dec decimal declare delete_domain_id deterministic distinctrow do_domain_ids first_value hour_microsecond hour_minute hour_second ignore_domain_ids inout insensitive json_table linear localtime localtimestamp longblob longtext manual master_bind master_demote_to_replica master_demote_to_slave master_ssl_verify_server_cert mediumblob mediumtext middleint minute_microsecond minute_second no_write_to_binlog outfile page_checksum parallel parse_vcol_expr portion read_write reads ref_system_id resignal second_microsecond sensitive specific sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning stats_auto_recalc stats_persistent stats_sample_pages straight_join tablesample tinyblob tinytext utc_date utc_time utc_timestamp varbinary varcharacter varying year_month',
  spark:
    'alter between current_catalog current_database current_date current_path current_schema current_time current_timestamp current_user delete drop escape execute exists filter grant insert interval merge minus overlaps overwrite rollup session_user setminus table to truncate unknown update user values within',
}

const reservedWords = new Map<Dialect, ReadonlySet<string>>()

export function quoteIdentifier(name: string, dialect: Dialect): string {
  const foldsCase = dialect === 'postgres' && name !== name.toLowerCase()
  if (plainName.test(name) && !foldsCase && !wordsOf(dialect).has(name.toLowerCase())) return name
  return dialect === 'mysql' || dialect === 'spark'
    ? `\`${name.replaceAll('`', '``')}\``
    : `"${name.replaceAll('"', '""')}"`
}

function wordsOf(dialect: Dialect): ReadonlySet<string> {
  const known = reservedWords.get(dialect)
  if (known !== undefined) return known
  const words = new Set(`${duckdbWords} ${furtherWords[dialect]}`.split(' '))
  reservedWords.set(dialect, words)
  return words
}
