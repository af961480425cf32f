/** Functions that compute on their arguments alone; what this list does not name cannot be called. */

/** The servers whose functions were read through, in their manuals; of newer ones new functions stay unknown. */
export const reviewedServers = { mariadb: '11.8', mysql: '9.4' }

const conditions = 'coalesce greatest if ifnull isnull least nullif nvl nvl2'
const numbers =
  'abs acos asin atan atan2 bit_count ceil ceiling conv cos cot crc32 degrees exp floor format ln log log10 log2 mod oct pi pow power radians rand round sign sin sqrt tan truncate'
const texts =
  'ascii bin bit_length char char_length character_length chr concat concat_ws elt field find_in_set from_base64 hex instr insert lcase left length locate lower lpad ltrim make_set md5 mid octet_length ord position quote regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse right rpad rtrim sha sha1 sha2 soundex space strcmp substr substring substring_index to_base64 trim ucase unhex upper'
const dates =
  'add_months adddate addtime convert_tz curdate current_date current_time current_timestamp curtime date date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear extract from_days from_unixtime get_format hour last_day localtime localtimestamp makedate maketime microsecond minute month monthname now period_add period_diff quarter sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec timediff timestamp timestampadd timestampdiff to_char to_days to_seconds unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear year yearweek'
const aggregates =
  'any_value avg bit_and bit_or bit_xor count group_concat grouping json_arrayagg json_objectagg max min std stddev stddev_pop stddev_samp sum var_pop var_samp variance'
const windows =
  'cume_dist dense_rank first_value lag last_value lead median nth_value ntile percent_rank percentile_cont percentile_disc rank row_number'
const json =
  'json_array json_arrayagg json_contains json_contains_path json_depth json_exists json_extract json_keys json_length json_merge_patch json_merge_preserve json_object json_overlaps json_pretty json_query json_quote json_search json_type json_unquote json_valid json_value'
const types = 'cast convert decimal binary varchar datetime'
const searches = 'match against'
const addresses = 'inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv6 is_uuid'

/**
 * Lower case. Left out on purpose: what reads files (`load_file`), waits or locks (`sleep`, `benchmark`, `get_lock`,
 * `master_pos_wait`), reads XML, keys or sequences (`extractvalue`, `updatexml`, `nextval`), makes large values of
 * nothing, runs code of the server's (`sys.*`), and what tells about the server and not about the data (`version`, `user`).
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
  [
    conditions,
    numbers,
    texts,
    dates,
    aggregates,
    windows,
    json,
    types,
    searches,
    addresses,
  ].flatMap((list) => list.split(' ')),
)
