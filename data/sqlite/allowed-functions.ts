/** Functions that compute on their arguments alone; what this list does not name cannot be called. */

/** The engine whose function list was read through; a newer one must be read again. */
export const reviewedSqlite = '3.45.1'

const core =
  'abs char coalesce concat concat_ws format glob hex ifnull iif instr last_value length like likelihood likely lower ltrim max min nullif octet_length printf quote random replace round rtrim sign soundex sqlite_version substr substring trim typeof unhex unicode unlikely upper'
const numbers =
  'acos acosh asin asinh atan atan2 atanh atn2 ceil ceiling cos cosh cot coth degrees exp floor ln log log10 pi power radians sin sinh sqrt square tan tanh'
const dates =
  'current_date current_time current_timestamp date datetime julianday strftime time timediff unixepoch'
const aggregates =
  'avg count group_concat lower_quartile median mode stdev string_agg sum total upper_quartile variance'
const windows =
  'cume_dist dense_rank first_value lag lead nth_value ntile percent_rank rank row_number'
const texts = 'charindex difference leftstr proper reverse rightstr strfilter'
const json =
  '-> ->> json json_array json_array_length json_error_position json_extract json_group_array json_group_object json_insert json_object json_patch json_quote json_remove json_replace json_set json_type json_valid'

/**
 * Lower case, by the names the engine's programs carry. Left out on purpose: what reads or writes files
 * (`load_extension`, `readfile`, `writefile`), runs SQL (`sha3_query`), tells about the engine, makes large values of
 * nothing (`zeroblob`, `randomblob`, `replicate`, `padl`), and what belongs to full-text search, vectors and encryption.
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
  [core, numbers, dates, aggregates, windows, texts, json].join(' ').split(' '),
)
